package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The whole line, with every program started from its jar: the manifest of {@code examples/} goes to a real API server, the operator renders it,
 * the API server is started as the rendered Deployment says, and a user of a simulated WeChat logs in.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EndToEndIT {

    private static final String NAMESPACE = "shop";
    private static final String APP_ID = "wx0123456789abcdef";
    private static final String USER = "oEndToEnd-000000000000000001";

    private ControlPlane plane;
    private KubernetesClient cluster;
    private EmbeddedPostgres postgres;
    private URI wechatUri;
    private Program wechat;
    private Program operator;
    private PodProcess server;

    @BeforeAll
    void startWhatSurroundsIt() throws IOException {
        plane = ControlPlane.start();
        cluster = plane.admin();
        plane.createNamespace(NAMESPACE);
        postgres = EmbeddedPostgres.start();
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
        operator = startOperator();
        Web.post(wechatUri.resolve("/_control/users"), Map.of("openId", USER));
    }

    private Program startOperator() throws IOException {
        Path kubeconfig = Files.writeString(Files.createTempFile("kubeconfig", ""), plane.kubeconfig());
        kubeconfig.toFile().deleteOnExit();
        int port = Program.freePort();
        return Program.start(
                        "operator",
                        List.of(),
                        Map.of(
                                "KUBECONFIG", kubeconfig.toString(),
                                "POD_NAMESPACE", "miniplane-system",
                                "MINIPLANE_HTTP_PORT", String.valueOf(port)),
                        Path.of("."))
                .answering(URI.create("http://127.0.0.1:" + port + "/readyz"));
    }

    @Test
    @Order(1)
    void applyingTheExampleMakesAllObjectsWithinFiveSeconds() throws IOException {
        applySecrets();
        applyBackend();
        Shop.soon(
                "all objects are there",
                () -> objects().allMatch(object -> exists(object.getKey(), object.getValue())));
    }

    @Test
    @Order(2)
    void theServerStartsAsRenderedAndLogsAUserIn() throws IOException {
        server = PodProcess.start(cluster, deployment());
        String token = logIn();
        assertThat(Web.put(api("users/me"), token, Map.of("nickname", "小明")).status())
                .isEqualTo(200);
        Web.Answer me = Web.get(api("users/me"), token);
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.text("/data/nickname")).isEqualTo("小明");
    }

    @Test
    @Order(3)
    void aCodeWorksOnce() {
        String code = loginCode();
        assertThat(Web.post(api("auth/login"), Map.of("code", code)).status()).isEqualTo(200);
        Web.Answer again = Web.post(api("auth/login"), Map.of("code", code));
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.text("/code")).isEqualTo("40001");
    }

    @Test
    @Order(4)
    void anOutageOfWechatTakesNoPodOut() {
        Web.post(wechatUri.resolve("/_control/faults"), Map.of("path", "/sns/jscode2session", "kind", "disconnect"));
        Web.Answer refused = Web.post(api("auth/login"), Map.of("code", loginCode()));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("/code")).isEqualTo("50301");
        assertThat(Web.statusOf(server.address("management").resolve("/readyz")))
                .isEqualTo(200);
        Web.delete(wechatUri.resolve("/_control/faults"));
        Shop.until("login works again", () -> !logIn().isEmpty(), Duration.ofSeconds(60));
    }

    @Test
    @Order(5)
    void aBackendThatComesBackReadsWhatItWroteBefore() throws IOException {
        String userId = Web.get(api("users/me"), logIn()).text("/data/userId");
        Secret keys = secret("shop-keys").orElseThrow();
        server.close();
        cluster.resources(MiniProgramBackend.class)
                .inNamespace(NAMESPACE)
                .withName("shop")
                .delete();
        Shop.until("the Deployment is gone", () -> deployment() == null, Duration.ofSeconds(30));
        assertThat(secret("shop-keys").orElseThrow().getData()).isEqualTo(keys.getData());

        applyBackend();
        Shop.soon("the Deployment is back", () -> deployment() != null && exists(Secret.class, "shop-credentials"));
        server = PodProcess.start(cluster, deployment());
        Web.Answer me = Web.get(api("users/me"), logIn());
        assertThat(me.text("/data/nickname")).isEqualTo("小明");
        assertThat(me.text("/data/userId")).isEqualTo(userId);
    }

    @AfterAll
    void stopEverything() throws IOException {
        for (AutoCloseable part : new AutoCloseable[] {server, operator, wechat, postgres, plane}) {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (Exception e) {
                throw new IOException("A part did not stop", e);
            }
        }
    }

    private void applySecrets() throws IOException {
        try (var file = Files.newInputStream(Path.of("../examples/shop-secrets.yaml"))) {
            for (HasMetadata object : cluster.load(file).items()) {
                if ("shop-db".equals(object.getMetadata().getName())) {
                    ((Secret) object)
                            .setStringData(Map.of(
                                    "host", "127.0.0.1",
                                    "port", String.valueOf(postgres.getPort()),
                                    "dbname", "postgres",
                                    "username", "postgres",
                                    "password", "postgres"));
                }
                cluster.resource(object).create();
            }
        }
    }

    private void applyBackend() throws IOException {
        try (var file = Files.newInputStream(Path.of("../examples/shop.yaml"))) {
            var backend = Serialization.unmarshal(file, GenericKubernetesResource.class);
            Map<String, Object> spec = backend.get("spec");
            @SuppressWarnings("unchecked")
            Map<String, Object> wechatSpec = (Map<String, Object>) spec.get("wechat");
            wechatSpec.put("baseUrl", wechatUri.toString());
            cluster.resource(backend).create();
        }
    }

    private String logIn() {
        Web.Answer login = Web.post(api("auth/login"), Map.of("code", loginCode()));
        assertThat(login.status()).isEqualTo(200);
        return login.text("/data/token");
    }

    private String loginCode() {
        return Web.post(wechatUri.resolve("/_control/login-codes"), Map.of("appId", APP_ID, "openId", USER))
                .text("/code");
    }

    private URI api(String path) {
        return server.address("http").resolve("/api/v1/" + path);
    }

    private static Stream<Map.Entry<Class<? extends HasMetadata>, String>> objects() {
        return Stream.of(
                Map.entry(ServiceAccount.class, "shop"),
                Map.entry(ConfigMap.class, "shop-config"),
                Map.entry(Secret.class, "shop-credentials"),
                Map.entry(Secret.class, "shop-keys"),
                Map.entry(Deployment.class, "shop-api"),
                Map.entry(Deployment.class, "shop-worker"),
                Map.entry(Service.class, "shop"),
                Map.entry(HorizontalPodAutoscaler.class, "shop-api"),
                Map.entry(PodDisruptionBudget.class, "shop-api"));
    }

    private boolean exists(Class<? extends HasMetadata> kind, String name) {
        return cluster.resources(kind).inNamespace(NAMESPACE).withName(name).get() != null;
    }

    private Deployment deployment() {
        return cluster.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName("shop-api")
                .get();
    }

    private Optional<Secret> secret(String name) {
        return Optional.ofNullable(
                cluster.secrets().inNamespace(NAMESPACE).withName(name).get());
    }
}
