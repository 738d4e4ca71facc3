package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerSpec;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.miniplane.crd.v1alpha1.Condition.Status;
import io.miniplane.crd.v1alpha1.MiniProgramBackendStatus;
import io.miniplane.operator.backend.BackendPlan;
import io.miniplane.operator.objects.Planned;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The operator reads pods that tell over real HTTP, found through EndpointSlices of a real API server. */
class SignalsIT {

    private static final Duration A_FEW_ROUNDS = Duration.ofSeconds(15);

    private static ControlPlane plane;
    private static FakeNode node;
    private static RunningOperator operator;

    @BeforeAll
    static void start() {
        plane = ControlPlane.shared();
        node = new FakeNode(plane.admin());
        operator = RunningOperator.on(
                plane, Map.of("MINIPLANE_LEADER_ELECTION", "false", "MINIPLANE_SIGNALS_INTERVAL", "1"));
    }

    @AfterAll
    static void stop() {
        if (operator != null) {
            operator.close();
            node.close();
        }
    }

    @Test
    void statusShowsTrafficQueueAndDatabaseAsPodsTellAndNothingWhileTheyAreSilent() {
        Shop shop = Shop.in(plane, "telling").withSecrets().applied().ready();
        assertThat(shop.condition("DatabaseReady").orElseThrow().reason()).isEqualTo("NoSignals");
        try (var api = TellingPod.of(shop, "api", plane.admin()).traffic(30);
                var worker =
                        TellingPod.of(shop, "worker", plane.admin()).traffic(20).waiting(4321)) {
            Shop.until("queue", () -> status(shop).worker().queueLength() == 4300, A_FEW_ROUNDS);
            Shop.until("traffic", () -> isAbout(50, status(shop).api().qps()), A_FEW_ROUNDS);
            Shop.until("database", () -> shop.hasCondition("DatabaseReady", Status.TRUE), A_FEW_ROUNDS);

            api.database("DOWN");
            Shop.until("partly", () -> databaseIs(shop, "PartlyUnreachable"), A_FEW_ROUNDS);
            worker.database("DOWN").waiting(0);
            Shop.until("down", () -> databaseIs(shop, "Unreachable"), A_FEW_ROUNDS);
            Shop.until("drained", () -> status(shop).worker().queueLength() == 0, A_FEW_ROUNDS);

            api.silent(true);
            worker.silent(true);
            Shop.until("silence", () -> databaseIs(shop, "NoSignals"), A_FEW_ROUNDS);
            Shop.until("no figures", () -> status(shop).worker().queueLength() == null, A_FEW_ROUNDS);
            assertThat(status(shop).api().qps()).isNull();
        }
    }

    @Test
    void trafficThatLastsRaisesTheTierOnceAndSaysSo() {
        Shop shop = Shop.in(plane, "tiers").withSecrets().applied().ready();
        shop.change("\"upToQps\":1000", "\"upToQps\":100");
        shop.change("\"sustainedFor\":\"3m\"", "\"sustainedFor\":\"15s\"");
        try (var one = TellingPod.of(shop, "api", plane.admin()).traffic(80);
                var two = TellingPod.of(shop, "api", plane.admin()).traffic(70)) {
            Shop.until("tier", () -> status(shop).api().tier() == 2, Duration.ofSeconds(60));
            Shop.until("pods", () -> autoscaler(shop).getMinReplicas() == 4, A_FEW_ROUNDS);
            assertThat(autoscaler(shop)
                            .getMetrics()
                            .getFirst()
                            .getResource()
                            .getTarget()
                            .getAverageUtilization())
                    .isEqualTo(65);
            assertThat(autoscaler(shop).getBehavior().getScaleUp().getStabilizationWindowSeconds())
                    .isEqualTo(15);
            Shop.until("event", () -> tierEvents(shop).size() == 1, A_FEW_ROUNDS);
            assertThat(tierEvents(shop).getFirst().getNote())
                    .isEqualTo("Tier 2 after tier 1: at least 4 api pods, CPU target 65 %");

            assertThat(plannedFor(shop)).as("a plan knows the tier").isEqualTo(autoscaler(shop));

            one.traffic(0);
            two.traffic(0);
            Shop.until("no traffic", () -> status(shop).api().qps() == 0, Duration.ofSeconds(90));
            assertThat(status(shop).api().tier()).as("stays for ten minutes").isEqualTo(2);
        }
    }

    @Test
    void steadyTrafficWritesNothing() throws InterruptedException {
        Shop shop = Shop.in(plane, "steady").withSecrets().applied().ready();
        try (var pod = TellingPod.of(shop, "api", plane.admin()).traffic(40).waiting(7)) {
            Shop.until("traffic", () -> status(shop).api().qps() != null, A_FEW_ROUNDS);
            Thread.sleep(3000);
            List<String> before = writes();
            Thread.sleep(5000);
            assertThat(writes()).isEqualTo(before);
            pod.waiting(8000);
            Shop.until("but news is told", () -> status(shop).worker().queueLength() == 8000, A_FEW_ROUNDS);
        }
    }

    /** What is reported follows only what is more than a fifth away from it, and what is measured trembles. */
    private static boolean isAbout(long measured, @Nullable Long reported) {
        return reported != null && Math.abs(measured - reported) <= 0.3 * reported;
    }

    private static boolean databaseIs(Shop shop, String reason) {
        return shop.condition("DatabaseReady").orElseThrow().reason().equals(reason);
    }

    private static MiniProgramBackendStatus status(Shop shop) {
        return shop.backend().get().getStatus();
    }

    private static HorizontalPodAutoscalerSpec autoscaler(Shop shop) {
        return shop.object(HorizontalPodAutoscaler.class, "shop-api").get().getSpec();
    }

    /** What applying the manifest again would make of the autoscaler of api pods. */
    private static HorizontalPodAutoscalerSpec plannedFor(Shop shop) {
        var manifest = plane.admin()
                .genericKubernetesResources("miniplane.io/v1alpha1", "MiniProgramBackend")
                .inNamespace(shop.namespace())
                .withName("shop")
                .get();
        return new BackendPlan(plane.admin(), "miniplane/api-server:test", "alerts/runbooks")
                .of(manifest, Map.of()).stream()
                        .map(Planned::subject)
                        .filter(HorizontalPodAutoscaler.class::isInstance)
                        .map(HorizontalPodAutoscaler.class::cast)
                        .filter(it -> it.getMetadata().getName().equals("shop-api"))
                        .findFirst()
                        .orElseThrow()
                        .getSpec();
    }

    private static List<Event> tierEvents(Shop shop) {
        return plane.admin().resources(Event.class).inNamespace(shop.namespace()).list().getItems().stream()
                .filter(event -> event.getReason().startsWith("Tier"))
                .toList();
    }

    private static List<String> writes() {
        return plane.audit().operatorWrites().stream()
                .filter(write -> write.contains(" steady/"))
                .toList();
    }
}
