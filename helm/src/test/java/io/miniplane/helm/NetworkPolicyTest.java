package io.miniplane.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NetworkPolicyTest {

    private final Chart chart = new Chart(Chart.COMMITTED);

    private JsonNode policy(Map<String, ?> values) {
        return chart.render(values).get("NetworkPolicy", "miniplane-operator");
    }

    @Test
    void theOperatorReachesNamesTheApiServerAndServersOnly() {
        assertThat(policy(Map.of()).at("/spec/egress").findValues("port").stream()
                        .map(JsonNode::asInt))
                .containsExactly(53, 53, 443, 6443, 8081);
        assertThat(policy(Map.of("networkPolicy", Map.of("apiServerPorts", List.of(16443))))
                        .at("/spec/egress")
                        .findValues("port")
                        .stream()
                        .map(JsonNode::asInt))
                .containsExactly(53, 53, 16443, 8081);
    }

    @Test
    void metricsAreForEveryPodOrForThoseThatAreNamed() {
        assertThat(policy(Map.of())
                        .at("/spec/ingress/1/from/0/namespaceSelector")
                        .size())
                .isZero();
        assertThat(policy(Everything.VALUES)
                        .at("/spec/ingress/1/from/0/namespaceSelector/matchLabels")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void itCanBeLeftOut() {
        assertThat(chart.render(Map.of("networkPolicy", Map.of("enabled", false)))
                        .all("NetworkPolicy"))
                .isEmpty();
    }
}
