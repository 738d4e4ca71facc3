package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.Condition.Status;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind that a backend may have, from the moment when it is asked for until it is not. */
class KindsIT {

    private static final String MESH = "{mesh: {istio: {enabled: true}}}";
    private static final String NO_MESH = "{mesh: {istio: {enabled: false}}}";
    private static final String NEW_HOST = "{exposure: {host: new.shop.example}}";
    private static final String GATEWAY = "{exposure: {ingress: null, gateway: {parentRef: {name: public}}}}";
    private static final String REPORT = "{reports: {monthly: {schedule: 0 3 1 * *}}}";

    private static ControlPlane plane;
    private static RunningOperator operator;
    private static FakeNode node;

    /**
     * The life of one object.
     *
     * @param asked part of the manifest that asks for it
     * @param drift what somebody changes by hand
     * @param change part of the manifest that changes it, and a text that its spec has from then on
     * @param refused part of the manifest that no longer asks for it
     */
    record Life(
            String apiVersion,
            String kind,
            String name,
            String asked,
            Consumer<Map<String, Object>> drift,
            List<String> change,
            String refused) {

        @Override
        public String toString() {
            return kind + " " + name;
        }
    }

    static Stream<Life> lives() {
        return Stream.of(policies(), ways(), mesh()).flatMap(kinds -> kinds);
    }

    private static Stream<Life> policies() {
        return Stream.of(
                new Life(
                        "networking.k8s.io/v1",
                        "NetworkPolicy",
                        "shop",
                        "{}",
                        spec -> spec.put("policyTypes", List.of("Ingress")),
                        List.of("{observability: {otlpEndpoint: 'http://collector:4318'}}", "4318"),
                        "{networkPolicy: {enabled: false}}"),
                new Life(
                        "networking.k8s.io/v1",
                        "NetworkPolicy",
                        "shop-api",
                        "{}",
                        spec -> spec.put("ingress", List.of()),
                        List.of("{}", "8080"),
                        "{networkPolicy: {enabled: false}}"));
    }

    private static Stream<Life> ways() {
        return Stream.of(
                new Life(
                        "networking.k8s.io/v1",
                        "Ingress",
                        "shop",
                        "{}",
                        spec -> spec.put("ingressClassName", "other"),
                        List.of(NEW_HOST, "new.shop.example"),
                        "{exposure: null}"),
                new Life(
                        "gateway.networking.k8s.io/v1",
                        "HTTPRoute",
                        "shop",
                        GATEWAY,
                        spec -> spec.put("hostnames", List.of()),
                        List.of(NEW_HOST, "new.shop.example"),
                        "{exposure: null}"),
                new Life(
                        "batch/v1",
                        "CronJob",
                        "shop-report",
                        REPORT,
                        spec -> spec.put("concurrencyPolicy", "Allow"),
                        List.of("{reports: {monthly: {schedule: 0 5 2 * *}}}", "0 5 2"),
                        "{reports: {monthly: null}}"));
    }

    private static Stream<Life> mesh() {
        return Stream.of(
                new Life(
                        "networking.istio.io/v1",
                        "VirtualService",
                        "shop",
                        MESH,
                        spec -> spec.put("hosts", List.of("other")),
                        List.of("{}", "connect-failure"),
                        NO_MESH),
                new Life(
                        "networking.istio.io/v1",
                        "DestinationRule",
                        "shop",
                        MESH,
                        spec -> spec.put("host", "other"),
                        List.of("{}", "outlierDetection"),
                        NO_MESH),
                new Life(
                        "security.istio.io/v1",
                        "PeerAuthentication",
                        "shop",
                        MESH,
                        spec -> spec.put("mtls", Map.of("mode", "DISABLE")),
                        List.of("{}", "STRICT"),
                        NO_MESH));
    }

    @BeforeAll
    static void start() {
        plane = ControlPlane.shared();
        OptionalDefinitions.install(plane.admin(), OptionalDefinitions.ALL);
        node = new FakeNode(plane.admin());
        operator = RunningOperator.on(plane);
    }

    @AfterAll
    static void stop() {
        if (operator != null) {
            operator.close();
            node.close();
            OptionalDefinitions.remove(plane.admin(), OptionalDefinitions.ALL);
        }
    }

    @ParameterizedTest
    @MethodSource("lives")
    void anObjectIsMadeCorrectedChangedAndRemoved(Life life) {
        String namespace = (life.kind() + "-" + life.name()).toLowerCase(Locale.ROOT);
        Shop shop = Shop.in(plane, namespace).withSecrets().applied();
        shop.patch(life.asked());
        Resource<GenericKubernetesResource> object = shop.object(life.apiVersion(), life.kind(), life.name());
        Shop.soon("made", () -> object.get() != null);
        Map<String, Object> asked = spec(object);

        Shop.edit(object, it -> life.drift().accept(spec(it)));
        Shop.soon("corrected", () -> spec(object).equals(asked));
        object.delete();
        Shop.soon("made again", () -> spec(object).equals(asked));

        shop.patch(life.change().getFirst());
        Shop.soon(
                "changed",
                () -> Serialization.asJson(spec(object)).contains(life.change().getLast()));

        shop.patch(life.refused());
        Shop.soon("removed", () -> object.get() == null);
    }

    @Test
    void metricsOfEveryPodAreReadWherePrometheusIs() {
        Shop shop = Shop.in(plane, "monitored").withSecrets().applied();
        var monitor = shop.object("monitoring.coreos.com/v1", "ServiceMonitor", "shop");
        Shop.soon("made", () -> monitor.get() != null);
        Map<String, Object> asked = spec(monitor);

        Shop.edit(monitor, it -> spec(it).put("endpoints", List.of()));
        Shop.soon("corrected", () -> spec(monitor).equals(asked));
        assertThat(Serialization.asJson(asked)).contains("\"port\":\"management\"", "\"targetLabel\":\"backend\"");
    }

    @Test
    void atRestABackendWithEveryKindIsWrittenToByNobody() throws InterruptedException {
        Shop shop = Shop.in(plane, "every-kind").withSecrets().applied();
        shop.patch(REPORT);
        shop.patch(MESH);
        shop.patch(GATEWAY);
        shop.ready();
        Shop.soon("complete", () -> shop.hasCondition("KindsAvailable", Status.TRUE));
        Shop.soon(
                "mesh",
                () -> shop.object("security.istio.io/v1", "PeerAuthentication", "shop")
                                .get()
                        != null);
        Thread.sleep(5000);
        List<String> before = plane.audit().operatorWrites();

        shop.annotate("example.org/look", "again");
        Thread.sleep(3000);

        List<String> now = plane.audit().operatorWrites();
        assertThat(now.subList(before.size(), now.size()))
                .filteredOn(write -> write.contains("every-kind"))
                .isEmpty();
    }

    @Test
    void anObjectOfSomebodyElseIsNeitherTakenOverNorRemoved() throws InterruptedException {
        Shop shop = Shop.in(plane, "foreign-kinds").withSecrets();
        var job = shop.object("batch/v1", "CronJob", "shop-report");
        plane.admin()
                .resource(Serialization.unmarshal("""
                        apiVersion: batch/v1
                        kind: CronJob
                        metadata: {name: shop-report, namespace: foreign-kinds, labels: {miniplane.io/backend: shop}}
                        spec:
                          schedule: 0 0 1 1 *
                          jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}}
                        """, GenericKubernetesResource.class))
                .create();
        shop.applied();
        Shop.soon("deployment", () -> shop.deployment().get() != null);
        shop.patch(NO_MESH);
        Thread.sleep(2000);

        assertThat(spec(job)).containsEntry("schedule", "0 0 1 1 *");
    }

    @Test
    void aDatabaseIsMadeAndTheBackendStartsOnceItsSecretIsThere() {
        Shop shop = Shop.in(plane, "database").withSecrets().applied();
        shop.patch("{database: {secretRef: null, cloudNativePg: {instances: 1, storage: 1Gi}}}");
        var cluster = shop.object("postgresql.cnpg.io/v1", "Cluster", "shop-db");
        Shop.soon("cluster", () -> cluster.get() != null);
        Shop.soon(
                "waiting",
                () -> shop.condition("CredentialsValid")
                        .orElseThrow()
                        .message()
                        .contains("shop-db-app is not made yet"));

        shop.withSecret(
                "shop-db-app",
                Map.of("uri", "postgresql://miniplane:made-by-operator@shop-db-rw.database:5432/miniplane"));
        Shop.soon(
                "credentials",
                () -> shop.secret("shop-credentials").get().getData().get("miniplane.database.host") != null
                        && shop.hasCondition("CredentialsValid", Status.TRUE));

        Shop.edit(cluster, it -> spec(it).put("instances", 3));
        Shop.soon("corrected", () -> Integer.valueOf(1).equals(spec(cluster).get("instances")));
        shop.patch("{database: {cloudNativePg: {instances: 2}}}");
        Shop.soon("changed", () -> Integer.valueOf(2).equals(spec(cluster).get("instances")));

        shop.backend().delete();
        Shop.until("deployment is gone", () -> shop.deployment().get() == null, Duration.ofSeconds(20));
        assertThat(cluster.get().getMetadata().getOwnerReferences()).isEmpty();
    }

    private static Map<String, Object> spec(Resource<GenericKubernetesResource> object) {
        return spec(object.get());
    }

    private static Map<String, Object> spec(GenericKubernetesResource object) {
        return object.get("spec");
    }
}
