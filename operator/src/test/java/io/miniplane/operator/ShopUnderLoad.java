package io.miniplane.operator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shop in a cluster as its users make it work: an operator, an api pod and a worker pod, each a process started from its jar, a PostgreSQL and a
 * simulated WeChat, and a buyer who logs in, orders and pays over and over. It knows where Prometheus finds them.
 */
final class ShopUnderLoad implements AutoCloseable {

    static final String NAMESPACE = "under-load";

    private static final String APP_ID = "wx0123456789abcdef";
    private static final String BUYER = "oUnderLoad-00000000000000001";
    private static final UUID TEA = UUID.fromString("019a1b2c-7a1b-7c3d-9e0f-1a2b3c4d5e70");
    private static final Duration A_WHILE = Duration.ofSeconds(90);

    /** Between two orders, so that the limit of one user is met now and then only. */
    private static final Duration PAUSE = Duration.ofMillis(300);

    private static final Logger LOG = LoggerFactory.getLogger(ShopUnderLoad.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ControlPlane plane;
    private final EmbeddedPostgres postgres;
    private final URI wechat = URI.create("http://127.0.0.1:" + Program.freePort());
    private final int operatorPort = Program.freePort();
    private final Shop shop;
    private final PodProcess api;
    private final PodProcess worker;
    private volatile boolean isOpen = true;

    ShopUnderLoad() throws IOException, SQLException {
        plane = keep(ControlPlane.start());
        OptionalDefinitions.install(plane.admin(), OptionalDefinitions.ALL);
        keep(new FakeNode(plane.admin()));
        postgres = keep(EmbeddedPostgres.start());
        startWechat();
        startOperator();
        shop = Shop.in(plane, NAMESPACE);
        apply();
        api = keep(PodProcess.start(plane.admin(), paying(deployment("shop-api"))));
        worker = keep(PodProcess.start(plane.admin(), paying(deployment("shop-worker"))));
        Web.put(
                wechat.resolve("/_control/pay"),
                "",
                Map.of("notifyAt", List.of(api.address("http").resolve("/api/v1/wechat/pay/notifications"))));
        stock();
        Thread buyer = Thread.ofVirtual().start(this::buy);
        parts.push(() -> {
            isOpen = false;
            buyer.join(A_WHILE);
        });
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    private void startWechat() {
        keep(Program.start(
                        "wechat-simulator",
                        List.of(),
                        Map.of(
                                "SIMULATOR_PORT",
                                String.valueOf(wechat.getPort()),
                                "SIMULATOR_APPS",
                                APP_ID + "=0123456789abcdef0123456789abcdef"),
                        Path.of(".")))
                .answering(wechat.resolve("/_control/requests"));
        Web.post(wechat.resolve("/_control/users"), Map.of("openId", BUYER));
    }

    private void startOperator() throws IOException {
        Path kubeconfig = Files.writeString(Files.createTempFile("kubeconfig", ""), plane.kubeconfig());
        kubeconfig.toFile().deleteOnExit();
        keep(Program.start(
                        "operator",
                        List.of(),
                        Map.of(
                                "KUBECONFIG", kubeconfig.toString(),
                                "POD_NAMESPACE", "miniplane-system",
                                "MINIPLANE_HTTP_PORT", String.valueOf(operatorPort)),
                        Path.of(".")))
                .answering(URI.create("http://127.0.0.1:" + operatorPort + "/readyz"));
    }

    private void apply() {
        var merchant = Web.get(wechat.resolve("/_control/pay"), "");
        shop.withSecret("shop-wechat", Map.of("appSecret", "0123456789abcdef0123456789abcdef"))
                .withSecret(
                        "shop-db",
                        Map.of(
                                "host", "127.0.0.1",
                                "port", String.valueOf(postgres.getPort()),
                                "dbname", "postgres",
                                "username", "postgres",
                                "password", "postgres"))
                .withSecret(
                        "shop-pay",
                        Map.of(
                                "key", merchant.text("/privateKey"),
                                "apiV3Key", merchant.text("/apiV3Key"),
                                "platform", merchant.text("/publicKey")))
                .applied();
        shop.patch("""
                {observability: {samplingRatio: 1}, wechat: {baseUrl: "%s", pay: {
                  merchantId: "%s", certificateSerial: "%s", platformPublicKeyId: "%s",
                  privateKeyRef: {name: shop-pay, key: key}, apiV3KeyRef: {name: shop-pay, key: apiV3Key},
                  platformPublicKeyRef: {name: shop-pay, key: platform}}}}
                """.formatted(
                        wechat,
                        merchant.text("/merchantId"),
                        merchant.text("/certificateSerial"),
                        merchant.text("/publicKeyId")));
        Shop.until("told", () -> settings().contains(wechat.toString()), A_WHILE);
        shop.ready();
    }

    private String settings() {
        return shop.object(ConfigMap.class, "shop-config").get().getData().get("application.yaml");
    }

    private Deployment deployment(String name) {
        return shop.object(Deployment.class, name).get();
    }

    /** No manifest can lead payments to another place than the real one. */
    private Deployment paying(Deployment deployment) {
        return new DeploymentBuilder(deployment)
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .addNewEnv()
                .withName("MINIPLANE_WECHAT_PAY_BASEURL")
                .withValue(wechat.toString())
                .endEnv()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private void stock() throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("WITH made AS (INSERT INTO products (id, name, description, price, is_published, issuer,"
                    + " subject) VALUES ('" + TEA + "', 'Tea', 'Green', 990, true, 'test', 'test') RETURNING id)"
                    + " INSERT INTO stock (product_id, available) SELECT id, 1000000 FROM made");
        }
    }

    /** Goes on after what fails: a server that has just started may not reach WeChat in time. */
    private void buy() {
        while (isOpen) {
            try {
                String token = logIn();
                for (int i = 0; i < 20 && isOpen && !token.isEmpty(); i++) {
                    order(token);
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            } catch (IllegalStateException noAnswer) {
                LOG.warn("The buyer tries again", noAnswer);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private String logIn() {
        String code = Web.post(wechat.resolve("/_control/login-codes"), Map.of("appId", APP_ID, "openId", BUYER))
                .text("/code");
        return Web.post(call("auth/login"), Map.of("code", code)).text("/data/token");
    }

    private void order(String token) {
        String order = Web.post(
                        call("orders"), token, Map.of("lines", List.of(Map.of("productId", TEA, "quantity", 1))))
                .text("/data/id");
        Web.get(call("users/me"), token);
        Web.get(call("features"), token);
        Web.get(call("orders/" + UUID.randomUUID()), token);
        Web.post(call("content-checks"), token, Map.of("type", "text", "scene", "comment", "content", "好茶"));
        if (Web.post(call("orders/" + order + "/payment"), token, Map.of()).status() == 200) {
            Web.post(wechat.resolve("/_control/pay/trades/" + order.replace("-", "") + "/payment"), Map.of());
        }
    }

    private URI call(String path) {
        return api.address("http").resolve("/api/v1/" + path);
    }

    /** What Prometheus is told: pods by the ServiceMonitor of the backend, and the operator. */
    List<Prometheus.Target> targets() {
        var targets = new ArrayList<Prometheus.Target>();
        targets.add(new Prometheus.Target(
                operatorPort,
                Map.of("namespace", "miniplane-system", "pod", "miniplane-operator-0", "container", "operator"),
                List.of()));
        targets.add(target("shop-api", "api", api));
        targets.add(target("shop-worker", "worker", worker));
        return targets;
    }

    /** As the Prometheus operator does with a ServiceMonitor. */
    private Prometheus.Target target(String service, String component, PodProcess process) {
        var endpoint = shop.object(ServiceMonitor.class, "shop")
                .get()
                .getSpec()
                .getEndpoints()
                .getFirst();
        var labels = new LinkedHashMap<String, String>();
        shop.object(Service.class, service)
                .get()
                .getMetadata()
                .getLabels()
                .forEach((name, value) ->
                        labels.put("__meta_kubernetes_service_label_" + name.replaceAll("[^a-zA-Z0-9_]", "_"), value));
        labels.put("namespace", NAMESPACE);
        labels.put("service", service);
        labels.put("pod", pod(component));
        labels.put("container", "server");
        labels.put("endpoint", endpoint.getPort());
        List<Map<String, Object>> relabelings = endpoint.getRelabelings().stream()
                .<Map<String, Object>>map(each -> Map.of(
                        "action", each.getAction(),
                        "source_labels", each.getSourceLabels(),
                        "target_label", each.getTargetLabel()))
                .toList();
        return new Prometheus.Target(process.port(endpoint.getPort()), labels, relabelings);
    }

    private String pod(String component) {
        List<Pod> pods = plane.admin()
                .pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/component", component)
                .list()
                .getItems();
        return pods.getFirst().getMetadata().getName();
    }

    /** Gives the operator something to do. */
    void change() {
        shop.patch("{alerts: {queueBacklog: 900}}");
    }

    /** The rules that the operator made for the backend. */
    PrometheusRule rules() {
        return shop.object(PrometheusRule.class, "shop").get();
    }

    @Override
    public void close() throws IOException {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IOException("A part did not stop", e);
            }
        }
    }
}
