package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.miniplane.crd.v1alpha1.RolloutStatus.Phase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A new version goes first to a few pods, by steps, and to the others only when it is well. */
class CanaryIT {

    private static final String NEXT = "registry.example/server:next";
    private static final String BY_TIME = "[{weight: 25, pause: 3s}, {weight: 50, pause: 3s}]";
    private static final String BY_HAND = "[{weight: 10}, {weight: 50}, {weight: 100}]";
    private static final String PROMOTE = "miniplane.io/promote";
    private static final String ABORT = "miniplane.io/abort";

    private static ControlPlane plane;
    private static RunningOperator operator;
    private static FakeNode node;

    @BeforeAll
    static void start() {
        plane = ControlPlane.shared();
        node = new FakeNode(plane.admin());
        operator = startOperator();
    }

    @AfterAll
    static void stop() {
        if (operator != null) {
            operator.close();
            node.close();
        }
    }

    private static RunningOperator startOperator() {
        return RunningOperator.on(
                plane, Map.of("MINIPLANE_LEADER_ELECTION", "false", "MINIPLANE_SIGNALS_INTERVAL", "1"));
    }

    @Test
    void stepsLeadAVersionThatIsWellToAllPods() {
        try (var shop = serving("canary-steps", BY_TIME)) {
            shop.image(NEXT);
            shop.inStep(1, 25);
            assertThat(shop.imageOf("shop-canary")).isEqualTo(NEXT);
            assertThat(shop.imageOf("shop-api")).isEqualTo(CanaryShop.GOOD);
            assertThat(shop.imageOf("shop-worker")).isEqualTo(CanaryShop.GOOD);
            assertThat(pods(shop)).isEqualTo(1);
            assertThat(selector(shop)).containsEntry("miniplane.io/role", "api");
            assertThat(scaleDown(shop)).isEqualTo("Disabled");
            assertThat(shop.shop().condition("Progressing").orElseThrow().reason())
                    .isEqualTo("Canary");

            shop.inStep(2, 50);
            assertThat(pods(shop)).as("as many as the two others").isEqualTo(2);

            shop.settledOn(NEXT);
            shop.shop().ready();
            Shop.soon("well", shop::isWell);
            assertThat(selector(shop)).containsEntry("app.kubernetes.io/component", "api");
            assertThat(scaleDown(shop)).isEqualTo("Max");
            canaryObjects(shop).forEach(object -> assertThat(object.get()).isNull());
            Shop.soon(
                    "events",
                    () -> shop.events().contains("CanaryPromoted: Image " + NEXT + " has all of the traffic"));
            assertThat(shop.events())
                    .contains("CanaryWatching: Step 2 of 2 of the canary of image " + NEXT + ": 50 % of the traffic");
        }
    }

    @Test
    void aStepWithoutPauseWaitsForAPromotionThatCountsOnce() throws InterruptedException {
        try (var shop = serving("canary-hand", BY_HAND)) {
            shop.image(NEXT);
            shop.inPhase(Phase.AWAITING_PROMOTION);
            assertThat(shop.message("Progressing"))
                    .isEqualTo("Canary of image " + NEXT + ": step 1 of 3, 10 % of the traffic; waits for promotion");

            shop.shop().annotate(PROMOTE, "now");
            shop.inStep(2, 50);
            Shop.soon("taken", () -> annotation(shop, PROMOTE) == null);
            Thread.sleep(3000);
            assertThat(shop.rollout().orElseThrow().step()).as("once").isEqualTo(2);

            shop.shop().annotate(PROMOTE, "now");
            shop.inStep(3, 100);
            Shop.soon("all traffic", () -> "canary".equals(selector(shop).get("app.kubernetes.io/component")));
            assertThat(pods(shop)).as("as many as the others").isEqualTo(2);
            Thread.sleep(2000);
            assertThat(shop.imageOf("shop-api")).isEqualTo(CanaryShop.GOOD);

            shop.shop().annotate(PROMOTE, "now");
            shop.settledOn(NEXT);
            Shop.soon("taken", () -> annotation(shop, PROMOTE) == null);
        }
    }

    @Test
    void anAbortByHandBringsAllTrafficBackAndTheVersionIsNotTriedAgain() throws InterruptedException {
        try (var shop = serving("canary-abort", BY_HAND)) {
            shop.image(NEXT);
            shop.inStep(1, 10);
            shop.shop().annotate(ABORT, "now");

            shop.rolledBack("Aborted: by hand in step 1 of 3; rolled back");
            shop.settledOn(CanaryShop.GOOD);
            Shop.soon("taken", () -> annotation(shop, ABORT) == null);
            Thread.sleep(2000);
            assertThat(shop.canary().get()).isNull();

            shop.image("registry.example/server:fixed");
            shop.inStep(1, 10);
            assertThat(shop.imageOf("shop-canary")).isEqualTo("registry.example/server:fixed");
        }
    }

    @Test
    void signalsThatCanNotBeReadHoldTheStep() throws InterruptedException {
        try (var shop = CanaryShop.serving(
                plane, "canary-silent", BY_TIME, pod -> pod.traffic(20).silent(true))) {
            shop.image(NEXT);
            shop.inPhase(Phase.HOLDING);
            assertThat(shop.message("Progressing")).contains("; held: pod shop-canary-", "can't be read");
            Thread.sleep(5000);
            assertThat(shop.rollout().orElseThrow().step()).isEqualTo(1);

            shop.tell(pod -> pod.silent(false));
            shop.inStep(2, 50);
        }
    }

    @Test
    void aVersionThatNobodyUsedIsNotPromoted() throws InterruptedException {
        try (var shop = CanaryShop.serving(plane, "canary-unused", BY_TIME, pod -> pod.traffic(0))) {
            shop.image(NEXT);
            shop.inPhase(Phase.HOLDING);
            Shop.until(
                    "why",
                    () -> shop.message("Progressing").endsWith("; held: it has had fewer than 50 requests"),
                    CanaryShop.LIMIT);
            Thread.sleep(3000);
            assertThat(shop.rollout().orElseThrow().step()).isEqualTo(1);

            shop.tell(pod -> pod.traffic(20));
            shop.settledOn(NEXT);
        }
    }

    @Test
    void anotherOperatorGoesOnWhereTheFirstStopped() throws InterruptedException {
        try (var shop = serving("canary-restart", "[{weight: 25, pause: 20s}, {weight: 50}]")) {
            shop.image(NEXT);
            shop.inStep(1, 25);
            var before = shop.rollout().orElseThrow();
            String uid = shop.canary().get().getMetadata().getUid();

            operator.close();
            operator = startOperator();
            Thread.sleep(4000);
            assertThat(shop.rollout()).contains(before);
            assertThat(shop.canary().get().getMetadata().getUid()).isEqualTo(uid);
            shop.inStep(2, 50);
        }
    }

    @Test
    void aNewerVersionBeginsAnewAndTheGoodOneEndsIt() {
        try (var shop = serving("canary-newer", BY_HAND)) {
            shop.image(NEXT);
            shop.inStep(1, 10);
            shop.shop().annotate(PROMOTE, "now");
            shop.inStep(2, 50);

            shop.image("registry.example/server:newer");
            shop.inStep(1, 10);
            assertThat(shop.imageOf("shop-canary")).isEqualTo("registry.example/server:newer");
            assertThat(shop.imageOf("shop-api")).isEqualTo(CanaryShop.GOOD);

            shop.shop().patch("{image: null}");
            shop.settledOn(CanaryShop.GOOD);
            assertThat(shop.isWell()).isTrue();
        }
    }

    @Test
    void aPausedBackendHoldsItsCanary() throws InterruptedException {
        try (var shop = serving("canary-paused", BY_TIME)) {
            shop.image(NEXT);
            shop.inStep(1, 25);
            shop.shop().patch("{paused: true}");
            shop.shop().annotate(ABORT, "now");
            Thread.sleep(5000);
            assertThat(shop.rollout().orElseThrow().step()).isEqualTo(1);
            assertThat(annotation(shop, ABORT)).isEqualTo("now");

            shop.shop().patch("{paused: false}");
            shop.rolledBack("Aborted: by hand in step 1 of 2");
        }
    }

    @Test
    void whatACanaryHasOfItsOwnIsCorrectedAndMadeAgain() {
        try (var shop = serving("canary-drift", BY_HAND)) {
            shop.image(NEXT);
            shop.inStep(1, 10);

            Shop.edit(shop.canary(), it -> it.getSpec().setReplicas(3));
            Shop.soon("pods", () -> pods(shop) == 1);
            Shop.edit(
                    shop.shop().object(Service.class, "shop-canary-http"),
                    it -> it.getSpec().setSelector(Map.of("app.kubernetes.io/component", "api")));
            Shop.soon(
                    "selector",
                    () -> "canary"
                            .equals(shop.shop()
                                    .object(Service.class, "shop-canary-http")
                                    .get()
                                    .getSpec()
                                    .getSelector()
                                    .get("app.kubernetes.io/component")));
            canaryObjects(shop).forEach(object -> {
                String uid = object.get().getMetadata().getUid();
                object.delete();
                Shop.soon(
                        "made again",
                        () -> !uid.equals(object.get().getMetadata().getUid()));
            });
        }
    }

    @Test
    void aCanaryThatWaitsIsWrittenToByNobody() throws InterruptedException {
        try (var shop = CanaryShop.serving(plane, "canary-rest", BY_HAND, pod -> pod.traffic(30))) {
            shop.image(NEXT);
            shop.inPhase(Phase.AWAITING_PROMOTION);
            Shop.until(
                    "traffic",
                    () -> shop.shop().backend().get().getStatus().api().qps() != null,
                    CanaryShop.LIMIT);
            Thread.sleep(4000);
            List<String> before = writes("canary-rest/");
            Thread.sleep(4000);
            assertThat(writes("canary-rest/")).isEqualTo(before);
        }
    }

    @Test
    void onlyWhatConcernsApiPodsIsTriedAndCredentialsGoToAllAtOnce() throws InterruptedException {
        try (var shop = serving("canary-others", BY_HAND)) {
            rollsOut(
                    shop,
                    "shop-api",
                    () -> Shop.edit(
                            shop.shop().secret("shop-wechat"),
                            it -> it.getData().put("appSecret", "ZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmY=")));
            rollsOut(shop, "shop-worker", () -> shop.shop().patch("{worker: {resources: {requests: {cpu: 300m}}}}"));
            assertThat(shop.events()).noneMatch(event -> event.startsWith("Canary"));
            assertThat(shop.canary().get()).isNull();
        }
    }

    @Test
    void whoAsksWithoutACanaryIsToldSo() {
        try (var shop = serving("canary-vain", BY_HAND)) {
            shop.shop().annotate(PROMOTE, "now");
            Shop.soon("taken", () -> annotation(shop, PROMOTE) == null);
            Shop.soon(
                    "told",
                    () -> shop.events()
                            .contains(
                                    "NothingToPromote: The annotation miniplane.io/promote was taken away: no canary runs"));
        }
    }

    private static CanaryShop serving(String namespace, String steps) {
        return CanaryShop.serving(plane, namespace, steps, pod -> pod.traffic(20));
    }

    private static List<Resource<? extends HasMetadata>> canaryObjects(CanaryShop shop) {
        return List.of(
                shop.canary(),
                shop.shop().object(Service.class, "shop-canary"),
                shop.shop().object(Service.class, "shop-canary-http"),
                shop.shop().object(ConfigMap.class, "shop-canary-config"),
                shop.shop().object(Secret.class, "shop-canary-credentials"));
    }

    private static int pods(CanaryShop shop) {
        return shop.canary().get().getSpec().getReplicas();
    }

    /** A rollout may be over before anybody looks; what stays is the Deployment's generation. */
    private static void rollsOut(CanaryShop shop, String name, Runnable change) {
        Resource<Deployment> deployment = shop.shop().object(Deployment.class, name);
        long before = deployment.get().getMetadata().getGeneration();
        change.run();
        Shop.until(
                name + " rolled out",
                () -> {
                    Deployment now = deployment.get();
                    long generation = now.getMetadata().getGeneration();
                    return generation > before
                            && generation == now.getStatus().getObservedGeneration()
                            && now.getSpec()
                                    .getReplicas()
                                    .equals(now.getStatus().getUpdatedReplicas());
                },
                CanaryShop.LIMIT);
        shop.shop().ready();
    }

    private static Map<String, String> selector(CanaryShop shop) {
        return shop.shop().object(Service.class, "shop").get().getSpec().getSelector();
    }

    private static String scaleDown(CanaryShop shop) {
        return shop.shop()
                .object(HorizontalPodAutoscaler.class, "shop-api")
                .get()
                .getSpec()
                .getBehavior()
                .getScaleDown()
                .getSelectPolicy();
    }

    private static String annotation(CanaryShop shop, String name) {
        Map<String, String> annotations =
                shop.shop().backend().get().getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(name);
    }

    private static List<String> writes(String where) {
        return plane.audit().operatorWrites().stream()
                .filter(write -> write.contains(where))
                .toList();
    }
}
