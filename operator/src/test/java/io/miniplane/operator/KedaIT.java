package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.Condition.Status;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workers where KEDA is installed: its kind is there, and what it would do is done by the test. */
class KedaIT {

    private static final Map<String, String> IN_CLUSTER = Map.of(
            "MINIPLANE_LEADER_ELECTION", "false",
            "MINIPLANE_SIGNALS_INTERVAL", "1",
            "MINIPLANE_EXTERNAL_METRICS_PORT", "0",
            "POD_NAMESPACE", "miniplane-system");
    private static final List<CustomResourceDefinition> KEDA = List.of(OptionalDefinitions.KEDA);
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private ControlPlane plane;
    private FakeNode node;
    private RunningOperator operator;

    @BeforeEach
    void start() {
        plane = ControlPlane.shared();
        OptionalDefinitions.install(plane.admin(), KEDA);
        node = new FakeNode(plane.admin());
        operator = RunningOperator.on(plane, IN_CLUSTER);
    }

    @AfterEach
    void stop() {
        if (operator != null) {
            operator.close();
            node.close();
            OptionalDefinitions.remove(plane.admin(), KEDA);
        }
    }

    @Test
    void aScaledObjectIsMadeCorrectedChangedAndRemovedInPlaceOfAnAutoscaler() {
        Shop shop = Shop.in(plane, "keda-life").withSecrets().applied().ready();
        Resource<GenericKubernetesResource> scaled = scaledObject(shop);
        Resource<HorizontalPodAutoscaler> autoscaler = shop.object(HorizontalPodAutoscaler.class, "shop-worker");
        Shop.until("made", () -> scaled.get() != null, A_WHILE);
        Map<String, Object> asked = spec(scaled);
        assertThat(autoscaler.get()).isNull();
        assertThat(Serialization.asJson(asked))
                .contains(
                        "\"scaleTargetRef\":{\"name\":\"shop-worker\"}",
                        "/queues/keda-life/shop\"",
                        "\"targetValue\":\"100\"",
                        "\"selectPolicy\":\"Max\"");

        Shop.edit(scaled, it -> spec(it).put("maxReplicaCount", 99));
        Shop.soon("corrected", () -> spec(scaled).equals(asked));
        scaled.delete();
        Shop.soon("made again", () -> spec(scaled).equals(asked));
        shop.patch("{worker: {replicas: {max: 12}}}");
        Shop.soon("changed", () -> spec(scaled).get("maxReplicaCount").equals(12));

        shop.patch("{worker: {queue: {source: External}}}");
        Shop.until("removed", () -> scaled.get() == null && autoscaler.get() != null, A_WHILE);
        shop.patch("{worker: {queue: {source: Keda}}}");
        Shop.until("back", () -> scaled.get() != null && autoscaler.get() == null, A_WHILE);
    }

    @Test
    void whatTheAutoscalerOfKedaSaysIsTold() {
        Shop shop = Shop.in(plane, "keda-says").withSecrets().applied().ready();
        plane.admin()
                .resource(new HorizontalPodAutoscalerBuilder()
                        .withNewMetadata()
                        .withName("keda-hpa-shop-worker")
                        .withNamespace(shop.namespace())
                        .addToLabels("miniplane.io/backend", "shop")
                        .endMetadata()
                        .withNewSpec()
                        .withNewScaleTargetRef("apps/v1", "Deployment", "shop-worker")
                        .withMaxReplicas(3)
                        .endSpec()
                        .build())
                .create();
        Shop.until(
                "said",
                () -> shop.condition("AutoscalingActive")
                        .orElseThrow()
                        .message()
                        .contains("worker: "),
                A_WHILE);
        assertThat(shop.hasCondition("AutoscalingActive", Status.FALSE)).isTrue();
    }

    @Test
    void kedaIsToldHowManyEventsWaitAndNeverZeroForUnknown() {
        Shop shop = Shop.in(plane, "keda-asks").withSecrets().applied().ready();
        URI queue = URI.create("http://127.0.0.1:%d/queues/keda-asks/shop".formatted(operator.httpPort()));
        Shop.until("nobody has told", () -> Web.statusOf(queue) == 503, A_WHILE);
        try (var worker = TellingPod.of(shop, "worker", plane.admin()).waiting(450)) {
            Shop.until("told", () -> "450".equals(Web.get(queue, "none").text("/ready")), A_WHILE);
            worker.silent(true);
            Shop.until("unknown", () -> Web.statusOf(queue) == 503, A_WHILE);
            assertThat(Web.get(queue, "none").text("/problem")).contains("it answered with status 500");
        }
        assertThat(Web.statusOf(queue.resolve("/queues/keda-asks/none"))).isEqualTo(404);
        assertThat(Web.statusOf(queue.resolve("/queues/"))).isEqualTo(404);
    }

    private static Resource<GenericKubernetesResource> scaledObject(Shop shop) {
        return shop.object("keda.sh/v1alpha1", "ScaledObject", "shop-worker");
    }

    private static Map<String, Object> spec(Resource<GenericKubernetesResource> object) {
        return spec(object.get());
    }

    private static Map<String, Object> spec(GenericKubernetesResource object) {
        return object.get("spec");
    }
}
