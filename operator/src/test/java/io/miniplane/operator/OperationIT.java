package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.miniplane.crd.v1alpha1.Condition.Status;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OperationIT {

    private static final Map<String, String> ELECTING = Map.of(
            "MINIPLANE_LEADER_ELECTION", "true", "MINIPLANE_LEASE_NAMESPACE", "miniplane-system", "POD_NAME", "one");

    private final ControlPlane plane = ControlPlane.shared();

    @Test
    void theLeaseIsGivenBackOnStopAndTheNextOperatorTakesOverAtOnce() {
        try (var first = RunningOperator.on(plane, ELECTING)) {
            Shop.until("leader", () -> "one".equals(holder()), Duration.ofSeconds(15));
            assertThat(first.httpPort()).isPositive();
        }
        assertThat(holder()).isNullOrEmpty();

        var second = new HashMap<>(ELECTING);
        second.put("POD_NAME", "two");
        try (var _ = RunningOperator.on(plane, second)) {
            Shop.until("leader", () -> "two".equals(holder()), Duration.ofSeconds(5));
            Shop shop = Shop.in(plane, "led").withSecrets().applied();
            Shop.soon("deployment", () -> shop.deployment().get() != null);
        }
    }

    @Test
    void healthAndMetricsAreServedWithTwoSeriesPerBackendThatVanishWithIt() throws IOException, InterruptedException {
        try (var operator = RunningOperator.on(plane, Map.of("MINIPLANE_LEADER_ELECTION", "false"))) {
            Shop shop = Shop.in(plane, "metered").withSecrets().applied();
            Shop.soon("not ready", () -> shop.hasCondition("Ready", Status.FALSE));

            assertThat(get(operator, "/livez").statusCode()).isEqualTo(200);
            assertThat(get(operator, "/readyz").body()).isEqualTo("ok\n");
            assertThat(get(operator, "/metrics").body())
                    .contains("operator_sdk_reconciliations_success_total", "jvm_memory_used_bytes")
                    .containsPattern("miniplane_backends\\{ready=\"false\"} [1-9]");
            Shop.until("keys", () -> metricsOf(operator, "metered").size() == 2, Duration.ofSeconds(20));
            assertThat(metricsOf(operator, "metered"))
                    .anyMatch(line -> line.startsWith("miniplane_key_age_seconds{backend=\"shop\""))
                    .anyMatch(line ->
                            line.startsWith("miniplane_key_rotation_overdue_seconds{") && line.endsWith(" 0.0"));
            shop.backend().delete();
            Shop.until("gone", () -> metricsOf(operator, "metered").isEmpty(), Duration.ofSeconds(20));
        }
    }

    @Test
    void anOperatorThatStopsWritesNothingThatIsNotSo() {
        List<Shop> shops = IntStream.range(0, 8)
                .mapToObj(number ->
                        Shop.in(plane, "stopping-" + number).withSecrets().applied())
                .toList();
        try (var _ = new FakeNode(plane.admin())) {
            for (int round = 0; round < 4; round++) {
                try (var _ = RunningOperator.on(plane)) {
                    shops.forEach(Shop::ready);
                    String look = "look " + round;
                    shops.forEach(shop -> shop.annotate("example.org/look", look));
                }
                assertThat(shops)
                        .allSatisfy(shop -> assertThat(
                                        shop.condition("Ready").orElseThrow().reason())
                                .isEqualTo("Available"));
            }
        }
    }

    @Test
    void onlyTheNamespacesThatAreNamedAreServedAndRightsInThoseAreEnough() throws InterruptedException {
        Shop one = Shop.in(plane, "named-one").withSecrets();
        Shop two = Shop.in(plane, "named-two").withSecrets();
        Shop other = Shop.in(plane, "not-named").withSecrets().applied();
        bind("named-one");
        bind("named-two");
        Config cluster = Config.fromKubeconfig(plane.kubeconfig());
        cluster.setImpersonateUsername("system:serviceaccount:miniplane-system:of-some-namespaces");
        cluster.setImpersonateGroups("system:serviceaccounts", "system:authenticated");
        var environment = Map.of("MINIPLANE_LEADER_ELECTION", "false", "MINIPLANE_NAMESPACES", "named-one, named-two");
        try (var _ = RunningOperator.on(cluster, environment)) {
            one.applied();
            two.applied();
            Shop.soon("first", () -> one.deployment().get() != null);
            Shop.soon("second", () -> two.deployment().get() != null);
            assertThat(other.backend().get().getStatus()).isNull();
            assertThat(other.deployment().get()).isNull();
        }
    }

    private void bind(String namespace) {
        plane.admin()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("miniplane-operator")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "miniplane-operator")
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withName("of-some-namespaces")
                        .withNamespace("miniplane-system")
                        .endSubject()
                        .build())
                .create();
    }

    @Test
    void alertsFollowWhenTheirKindIsInstalledLater() {
        try (var _ = RunningOperator.on(plane)) {
            Shop shop = Shop.in(plane, "alerts").withSecrets().applied();
            Shop.soon("left out", () -> leavesOutAlerts(shop));
            var kind = List.of(OptionalDefinitions.ALERTS);
            OptionalDefinitions.install(plane.admin(), kind);
            try {
                Shop.until(
                        "rule", () -> shop.object(PrometheusRule.class, "shop").get() != null, Duration.ofSeconds(20));
                Shop.soon("condition", () -> !leavesOutAlerts(shop));

                shop.change("\"p99Latency\":\"1s\"", "\"p99Latency\":\"750ms\"");
                Shop.soon("threshold", () -> expression(shop).endsWith("> 0.75"));
                assertThat(expression(shop)).contains("namespace=\"alerts\"");

                shop.object(PrometheusRule.class, "shop").delete();
                Shop.soon(
                        "rule again",
                        () -> shop.object(PrometheusRule.class, "shop").get() != null);
            } finally {
                OptionalDefinitions.remove(plane.admin(), kind);
            }
            Shop.until("forgotten", () -> leavesOutAlerts(shop), Duration.ofSeconds(20));
        }
    }

    private static boolean leavesOutAlerts(Shop shop) {
        return shop.condition("KindsAvailable").orElseThrow().message().contains("PrometheusRule");
    }

    private static String expression(Shop shop) {
        return shop.object(PrometheusRule.class, "shop")
                .get()
                .getSpec()
                .getGroups()
                .getFirst()
                .getRules()
                .getFirst()
                .getExpr()
                .getStrVal();
    }

    private String holder() {
        var lease = plane.admin()
                .leases()
                .inNamespace("miniplane-system")
                .withName("miniplane-operator")
                .get();
        return lease == null ? null : lease.getSpec().getHolderIdentity();
    }

    private static List<String> metricsOf(RunningOperator operator, String namespace)
            throws IOException, InterruptedException {
        return get(operator, "/metrics")
                .body()
                .lines()
                .filter(line -> line.contains(namespace))
                .toList();
    }

    private static HttpResponse<String> get(RunningOperator operator, String path)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var address = URI.create("http://localhost:" + operator.httpPort() + path);
            return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
