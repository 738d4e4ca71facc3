package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.miniplane.crd.v1alpha1.Condition.Status;
import io.miniplane.operator.metrics.ResourceMetrics;
import io.miniplane.operator.metrics.ServiceOfThisMachine;
import io.miniplane.server.stage.RabbitServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Orders of real buyers wait in a real queue because the inventory of the team is slow. A real worker tells how many there are, and the autoscaler
 * of a real controller manager follows.
 */
class QueueScalingIT {

    private static final String APP_ID = "wx0123456789abcdef";
    private static final String BUYER = "oQueueScaling-00000000000001";
    private static final UUID TEA = UUID.fromString("019a1b2c-7a1b-7c3d-9e0f-1a2b3c4d5e6f");
    private static final int ORDERS = 460;
    private static final Map<String, String> IN_CLUSTER = Map.of(
            "MINIPLANE_LEADER_ELECTION", "false",
            "MINIPLANE_SIGNALS_INTERVAL", "1",
            "MINIPLANE_EXTERNAL_METRICS_PORT", "0",
            "POD_NAMESPACE", "miniplane-system");
    private static final Duration A_WHILE = Duration.ofSeconds(90);

    private ControlPlane plane;
    private FakeNode node;
    private RunningOperator operator;
    private ResourceMetrics cpu;
    private EmbeddedPostgres postgres;
    private SlowStock stock;
    private Program wechat;
    private URI wechatUri;

    @BeforeEach
    void start() throws IOException {
        plane = ControlPlane.shared();
        node = new FakeNode(plane.admin());
        cpu = ResourceMetrics.on(plane.admin(), TellingPod.address());
        operator = RunningOperator.on(plane, IN_CLUSTER);
        ServiceOfThisMachine.create(
                plane.admin(), "miniplane-operator", TellingPod.address(), operator.externalMetricsPort());
        postgres = EmbeddedPostgres.start();
        stock = SlowStock.answeringAfter(Duration.ofSeconds(1));
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
                        Path.of("."))
                .answering(wechatUri.resolve("/_control/requests"));
        Web.post(wechatUri.resolve("/_control/users"), Map.of("openId", BUYER));
    }

    @AfterEach
    void stop() throws IOException {
        if (plane != null) {
            operator.close();
            plane.admin()
                    .apiServices()
                    .withName("v1beta1.external.metrics.k8s.io")
                    .delete();
            cpu.close();
            node.close();
            wechat.close();
            stock.close();
            postgres.close();
        }
    }

    @Test
    void workersFollowAQueueInRabbitMq() throws Exception {
        Shop shop = shop("in-rabbitmq");
        shop.withSecret("shop-rabbit", Map.of("uri", RabbitServer.running().uri()));
        workersFollow(shop, "{broker: RabbitMQ, secretRef: {name: shop-rabbit}}");
    }

    @Test
    void workersFollowAQueueInPostgres() throws Exception {
        workersFollow(shop("in-postgres"), "{broker: Postgres}");
    }

    private Shop shop(String namespace) {
        return Shop.in(plane, namespace)
                .withSecret("shop-wechat", Map.of("appSecret", "0123456789abcdef0123456789abcdef"))
                .withSecret(
                        "shop-db",
                        Map.of(
                                "host", "127.0.0.1",
                                "port", String.valueOf(postgres.getPort()),
                                "dbname", "postgres",
                                "username", "postgres",
                                "password", "postgres"));
    }

    private void workersFollow(Shop shop, String messaging) throws Exception {
        shop.applied();
        shop.patch("""
                {wechat: {baseUrl: "%s"}, messaging: %s, inventory: {url: "%s"}, worker: {behavior: {
                  scaleUp: {stabilizationWindow: 0s, percent: 100, pods: 4, period: 1s},
                  scaleDown: {stabilizationWindow: 0s, percent: 100, pods: 1, period: 1s}}}}
                """.formatted(wechatUri, messaging, stock.url()));
        Shop.until("told", () -> settings(shop).contains(stock.url()), A_WHILE);
        shop.ready();
        try (var api = PodProcess.start(plane.admin(), deployment(shop, "api"));
                var worker = PodProcess.start(plane.admin(), deployment(shop, "worker"))) {
            TellingPod.announce(shop.namespace(), "worker", "shop-worker-1", worker.port("management"), plane.admin());
            order(api);
            Shop.until("growth", () -> workers(shop) >= 4, A_WHILE);
            Shop.until("active", () -> shop.hasCondition("AutoscalingActive", Status.TRUE), A_WHILE);
            Shop.until("shown", () -> queueLength(shop) > 300, A_WHILE);

            int before = standsStillWhileNobodyCanCount(shop, worker.program());
            assertThat(before).as("workers").isGreaterThanOrEqualTo(4);

            stock.answerAfter(Duration.ZERO);
            Shop.until("drained", () -> stock.answered() >= ORDERS, A_WHILE);
            Shop.until("shrinking", () -> workers(shop) == 1, A_WHILE);
            Shop.until("active again", () -> shop.hasCondition("AutoscalingActive", Status.TRUE), A_WHILE);
            assertThat(statusOfOrders()).isEqualTo("CONFIRMED: " + ORDERS);
        }
    }

    private int standsStillWhileNobodyCanCount(Shop shop, Program worker) throws InterruptedException {
        worker.freeze();
        try {
            Shop.until("said", () -> shop.hasCondition("AutoscalingActive", Status.FALSE), A_WHILE);
            int before = workers(shop);
            assertThat(shop.condition("AutoscalingActive").orElseThrow().message())
                    .contains("The queues of backend shop can't be counted");
            assertThat(scalingActive(shop)).startsWith("FailedGetExternalMetric");
            // The autoscaler decides every 2 s: in this time it would have shrunk.
            Thread.sleep(8000);
            assertThat(workers(shop)).as("while nobody can count").isEqualTo(before);
            return before;
        } finally {
            worker.thaw();
        }
    }

    private void order(PodProcess api) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO products (id, name, description, price, is_published, issuer, subject) VALUES ('" + TEA
                            + "', 'Tea', 'Green', 990, true, 'test', 'test')");
            statement.execute("INSERT INTO stock (product_id) VALUES ('" + TEA + "')");
        }
        URI base = api.address("http");
        String token = logIn(base);
        var basket = Map.of("lines", List.of(Map.of("productId", TEA, "quantity", 1)));
        int accepted = 0;
        while (accepted < ORDERS) {
            int status = Web.post(base.resolve("/api/v1/orders"), token, basket).status();
            assertThat(status).isIn(201, 429);
            accepted += status == 201 ? 1 : 0;
        }
    }

    /** Until it works: a server that has just started may not reach WeChat in time. */
    private String logIn(URI base) {
        var token = new AtomicReference<String>();
        Shop.until(
                "login",
                () -> {
                    String code = Web.post(
                                    wechatUri.resolve("/_control/login-codes"),
                                    Map.of("appId", APP_ID, "openId", BUYER))
                            .text("/code");
                    token.set(Web.post(base.resolve("/api/v1/auth/login"), Map.of("code", code))
                            .text("/data/token"));
                    return !token.get().isEmpty();
                },
                A_WHILE);
        return token.get();
    }

    private String statusOfOrders() throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT string_agg(status || ': ' || orders, ', ') FROM (SELECT status, count(*) AS orders FROM orders GROUP BY status) counts")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String scalingActive(Shop shop) {
        return shop.object(HorizontalPodAutoscaler.class, "shop-worker").get().getStatus().getConditions().stream()
                .filter(condition -> "ScalingActive".equals(condition.getType()))
                .map(condition -> condition.getReason() + ": " + condition.getMessage())
                .findFirst()
                .orElse("");
    }

    private static Deployment deployment(Shop shop, String component) {
        return shop.object(Deployment.class, "shop-" + component).get();
    }

    private static String settings(Shop shop) {
        return shop.object(ConfigMap.class, "shop-config").get().getData().get("application.yaml");
    }

    private static long queueLength(Shop shop) {
        return shop.backend().get().getStatus().worker().queueLength();
    }

    private static int workers(Shop shop) {
        return deployment(shop, "worker").getSpec().getReplicas();
    }
}
