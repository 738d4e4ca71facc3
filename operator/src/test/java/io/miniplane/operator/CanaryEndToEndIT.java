package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.miniplane.crd.v1alpha1.Condition;
import io.miniplane.crd.v1alpha1.Condition.Status;
import io.miniplane.crd.v1alpha1.RolloutStatus;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Canaries that are real: API servers started from their jar as the operator renders them, a PostgreSQL and a simulated
 * WeChat behind them, users who log in, and the operator that reads what these servers tell of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CanaryEndToEndIT {

    private static final String NAMESPACE = "canary-end-to-end";
    private static final String APP_ID = "wx0123456789abcdef";
    private static final String USER = "oCanary-00000000000000000001";
    private static final String GOOD = "miniplane/api-server:test";
    private static final String NEXT = "registry.example/server:next";
    private static final int REQUESTS = 60;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private ControlPlane plane;
    private FakeNode node;
    private EmbeddedPostgres postgres;
    private Program wechat;
    private URI wechatUri;
    private RunningOperator operator;
    private Shop shop;
    private PodProcess stable;

    @BeforeAll
    void startAShopThatServes() throws IOException {
        plane = ControlPlane.shared();
        node = new FakeNode(plane.admin());
        postgres = EmbeddedPostgres.start();
        startWechat();
        operator = RunningOperator.on(
                plane, Map.of("MINIPLANE_LEADER_ELECTION", "false", "MINIPLANE_SIGNALS_INTERVAL", "1"));
        shop = Shop.in(plane, NAMESPACE).applied();
        shop.patch("{wechat: {baseUrl: '%s'}}".formatted(wechatUri));
        shop.patch("{api: {replicas: {min: 1}, tiers: [{minReplicas: 1, cpuUtilization: 60, sustainedFor: 5m}]}}");
        shop.patch("{rollout: {strategy: Canary, canary: {steps: [{weight: 50, pause: 10s}],"
                + " abortOn: {errorRate: 0.02}}}}");
        shop.withSecret("shop-wechat", Map.of("appSecret", "0123456789abcdef0123456789abcdef"))
                .withSecret(
                        "shop-db",
                        Map.of(
                                "host", "127.0.0.1",
                                "port", String.valueOf(postgres.getPort()),
                                "dbname", "postgres",
                                "username", "postgres",
                                "password", "postgres"));
        shop.ready();
        // One pod for each Deployment, so that each has a process.
        shop.deployment().scale(1);
        Shop.until("one pod", () -> shop.backend().get().getStatus().api().replicas() == 1, LIMIT);
        Shop.until("remembered", () -> shop.secret("shop-last-good").get() != null, LIMIT);
        stable = start("shop-api", "api");
        announce("api", stable);
    }

    private void startWechat() {
        int port = Program.freePort();
        wechatUri = URI.create("http://127.0.0.1:" + port);
        wechat = Program.start(
                "wechat-simulator",
                List.of(),
                Map.of(
                        "SIMULATOR_PORT",
                        String.valueOf(port),
                        "SIMULATOR_APPS",
                        APP_ID + "=0123456789abcdef0123456789abcdef"),
                Path.of("."));
        wechat.answering(wechatUri.resolve("/_control/requests"));
        Web.post(wechatUri.resolve("/_control/users"), Map.of("openId", USER));
    }

    @AfterAll
    void stopEverything() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {stable, operator, node, wechat, postgres}) {
            if (part != null) {
                part.close();
            }
        }
    }

    @Test
    @Order(1)
    void aCanaryThatIsWellIsPromoted() throws IOException {
        shop.patch("{image: '%s'}".formatted(NEXT));
        Shop.until(
                "canary",
                () -> canary() != null && shop.backend().get().getStatus().rollout() != null,
                LIMIT);
        try (var canary = start("shop-canary", "canary")) {
            assertThat(logIn(canary)).isEqualTo(200);
            assertThat(requests(canary)).containsOnly(200);
            Shop.until(
                    "held",
                    () -> shop.backend().get().getStatus().rollout().phase() == RolloutStatus.Phase.HOLDING,
                    LIMIT);
            assertThat(image("shop-api")).as("while nothing is known of it").isEqualTo(GOOD);
            announce("canary", canary);

            Shop.until("promoted", () -> NEXT.equals(image("shop-api")) && NEXT.equals(image("shop-worker")), LIMIT);
            Shop.until("canary is gone", () -> canary() == null, LIMIT);
            shop.ready();
            assertThat(shop.hasCondition("Degraded", Status.FALSE)).isTrue();
        }
        stable.close();
        stable = start("shop-api", "api");
        assertThat(logIn(stable)).as("the promoted version").isEqualTo(200);
    }

    @Test
    @Order(2)
    void aCanaryWhoseUsersCanNotLogInGivesItsTrafficBack() throws IOException {
        shop.patch("{wechat: {baseUrl: 'http://127.0.0.1:%d'}}".formatted(Program.freePort()));
        Shop.until(
                "canary",
                () -> canary() != null && shop.backend().get().getStatus().rollout() != null,
                LIMIT);
        try (var canary = start("shop-canary", "canary")) {
            announce("canary", canary);
            List<Integer> answers =
                    IntStream.range(0, REQUESTS).mapToObj(i -> logIn(canary)).toList();
            assertThat(answers).filteredOn(status -> status == 503).hasSizeGreaterThan(REQUESTS / 10);
            assertThat(requests(stable)).as("the others serve all the time").containsOnly(200);

            Shop.until("aborted", () -> degraded().startsWith("TooManyErrors: "), LIMIT);
            assertThat(degraded())
                    .containsPattern(
                            "TooManyErrors: [0-9.]+ % of [0-9]+ requests failed in 60 s; at most 2 %; rolled back");
            Shop.until("canary is gone", () -> canary() == null, LIMIT);
            assertThat(image("shop-api")).isEqualTo(NEXT);
            assertThat(settings()).contains(wechatUri.toString());
            assertThat(shop.hasCondition("Ready", Status.TRUE)).isTrue();
        }
    }

    /** Starts the server of the only pod of a Deployment. */
    private PodProcess start(String deployment, String component) throws IOException {
        Shop.until("pod of " + deployment, () -> pod(component) != null, LIMIT);
        return PodProcess.start(
                plane.admin(), shop.object(Deployment.class, deployment).get());
    }

    /** Says, as an EndpointSlice controller does, where the only pod of a component tells of itself. */
    private void announce(String component, PodProcess process) {
        TellingPod.announce(
                NAMESPACE,
                component,
                pod(component).getMetadata().getName(),
                process.address("management").getPort(),
                plane.admin());
    }

    private Pod pod(String component) {
        return plane
                .admin()
                .pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/component", component)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .findFirst()
                .orElse(null);
    }

    private int logIn(PodProcess server) {
        return Web.post(server.address("http").resolve("/api/v1/auth/login"), Map.of("code", loginCode()))
                .status();
    }

    private static List<Integer> requests(PodProcess server) {
        URI keys = server.address("http").resolve("/.well-known/jwks.json");
        return IntStream.range(0, REQUESTS).mapToObj(i -> Web.statusOf(keys)).toList();
    }

    private String settings() {
        return shop.object(ConfigMap.class, "shop-config").get().getData().get("application.yaml");
    }

    private String loginCode() {
        return Web.post(wechatUri.resolve("/_control/login-codes"), Map.of("appId", APP_ID, "openId", USER))
                .text("/code");
    }

    private Deployment canary() {
        return shop.object(Deployment.class, "shop-canary").get();
    }

    private String degraded() {
        return shop.condition("Degraded").map(Condition::message).orElse("");
    }

    private String image(String deployment) {
        return shop.object(Deployment.class, deployment)
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }
}
