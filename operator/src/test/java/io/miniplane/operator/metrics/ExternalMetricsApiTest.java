package io.miniplane.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.operator.metrics.ExternalMetricsApi.Answer;
import io.miniplane.operator.signals.QueueLength;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExternalMetricsApiTest {

    private static final String ROOT = "/apis/external.metrics.k8s.io/v1beta1";
    private static final String METRIC = "/namespaces/one/miniplane_queue_messages_ready";

    private final Map<String, Map<String, QueueLength>> queues = new HashMap<>(Map.of(
            "one",
            Map.of(
                    "shop", new QueueLength.Known(250),
                    "club", new QueueLength.Known(0),
                    "lost", new QueueLength.Unknown("There is no pod that handles events"))));
    private final ExternalMetricsApi api = new ExternalMetricsApi(
            namespace -> queues.getOrDefault(namespace, Map.of()), () -> Instant.parse("2026-11-29T10:00:00.5Z"));

    @Test
    void discoveryNamesTheGroupItsVersionAndTheMetric() {
        assertThat(api.get("/apis", "").body()).containsEntry("kind", "APIGroupList");
        assertThat(api.get("/apis/external.metrics.k8s.io", "").body())
                .containsEntry("kind", "APIGroup")
                .containsEntry("name", "external.metrics.k8s.io");
        assertThat(api.get(ROOT, "").body())
                .containsEntry("groupVersion", "external.metrics.k8s.io/v1beta1")
                .extractingByKey("resources")
                .asString()
                .contains("miniplane_queue_messages_ready", "ExternalMetricValueList");
    }

    @Test
    void aValueIsThatOfTheBackendWithTheseLabelsInThisNamespace() {
        Answer answer = api.get(ROOT + METRIC, "backend=shop,namespace=one");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .containsEntry("kind", "ExternalMetricValueList")
                .containsEntry("apiVersion", "external.metrics.k8s.io/v1beta1")
                .containsEntry(
                        "items",
                        List.of(Map.of(
                                "metricName", "miniplane_queue_messages_ready",
                                "metricLabels", Map.of("namespace", "one", "backend", "shop"),
                                "timestamp", "2026-11-29T10:00:00Z",
                                "value", "250")));
    }

    @Test
    void anEmptyQueueIsAValueAndOneThatCannotBeCountedIsAnError() {
        assertThat(api.get(ROOT + METRIC, "backend=club").body()).asString().contains("value=0");
        Answer answer = api.get(ROOT + METRIC, "backend=lost");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body())
                .containsEntry("kind", "Status")
                .containsEntry(
                        "message", "The queues of backend lost can't be counted: There is no pod that handles events");
    }

    @Test
    void ofSeveralBackendsOneThatCannotBeCountedSpoilsTheSum() {
        assertThat(api.get(ROOT + METRIC, "").status()).isEqualTo(503);
        assertThat(api.get(ROOT + METRIC, "backend in (shop,club)").status()).isEqualTo(200);
    }

    @Test
    void whatIsNotThereIsNotZero() {
        assertThat(api.get(ROOT + METRIC, "backend=nobody").status()).isEqualTo(404);
        assertThat(api.get(ROOT + METRIC, "backend=shop,namespace=two").status())
                .isEqualTo(404);
        assertThat(api.get(ROOT + "/namespaces/two/miniplane_queue_messages_ready", "")
                        .status())
                .isEqualTo(404);
        assertThat(api.get(ROOT + "/namespaces/one/other", "").body())
                .extractingByKey("message")
                .asString()
                .contains("the only one is miniplane_queue_messages_ready");
        assertThat(api.get("/openapi/v2", "").status()).isEqualTo(404);
        assertThat(api.get(ROOT + METRIC, "a b c").status()).isEqualTo(400);
    }
}
