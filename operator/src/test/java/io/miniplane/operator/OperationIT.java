package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.miniplane.crd.v1alpha1.Condition.Status;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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
    void healthAndMetricsAreServedWithoutASeriesPerBackend() throws IOException, InterruptedException {
        try (var operator = RunningOperator.on(plane, Map.of("MINIPLANE_LEADER_ELECTION", "false"))) {
            Shop shop = Shop.in(plane, "metered").withSecrets().applied();
            Shop.soon("deployment", () -> shop.deployment().get() != null);

            assertThat(get(operator, "/livez").statusCode()).isEqualTo(200);
            assertThat(get(operator, "/readyz").body()).isEqualTo("ok\n");
            assertThat(get(operator, "/metrics").body())
                    .contains("operator_sdk_reconciliations_success_total", "jvm_memory_used_bytes")
                    .doesNotContain("metered");
        }
    }

    @Test
    void alertsFollowWhenTheirKindIsInstalledLater() {
        try (var _ = RunningOperator.on(plane)) {
            Shop shop = Shop.in(plane, "alerts").withSecrets().applied();
            Shop.soon("left out", () -> shop.hasCondition("AlertsActive", Status.FALSE));
            CustomResourceDefinition kind = alertsKind();
            plane.admin().resource(kind).create();
            try {
                Shop.until(
                        "rule", () -> shop.object(PrometheusRule.class, "shop").get() != null, Duration.ofSeconds(20));
                Shop.soon("condition", () -> shop.hasCondition("AlertsActive", Status.TRUE));

                shop.change("\"p99Latency\":\"1s\"", "\"p99Latency\":\"750ms\"");
                Shop.soon("threshold", () -> expression(shop).endsWith("> 0.75"));
                assertThat(expression(shop)).contains("namespace=\"alerts\"");

                shop.object(PrometheusRule.class, "shop").delete();
                Shop.soon(
                        "rule again",
                        () -> shop.object(PrometheusRule.class, "shop").get() != null);
            } finally {
                plane.admin().resource(kind).delete();
            }
            Shop.until("forgotten", () -> shop.hasCondition("AlertsActive", Status.FALSE), Duration.ofSeconds(20));
        }
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

    private static HttpResponse<String> get(RunningOperator operator, String path)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var address = URI.create("http://localhost:" + operator.httpPort() + path);
            return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static CustomResourceDefinition alertsKind() {
        return new CustomResourceDefinitionBuilder()
                .withNewMetadata()
                .withName("prometheusrules.monitoring.coreos.com")
                .endMetadata()
                .withNewSpec()
                .withGroup("monitoring.coreos.com")
                .withScope("Namespaced")
                .withNewNames()
                .withKind("PrometheusRule")
                .withListKind("PrometheusRuleList")
                .withPlural("prometheusrules")
                .withSingular("prometheusrule")
                .endNames()
                .addNewVersion()
                .withName("v1")
                .withServed(true)
                .withStorage(true)
                .withNewSchema()
                .withNewOpenAPIV3Schema()
                .withType("object")
                .withXKubernetesPreserveUnknownFields(true)
                .endOpenAPIV3Schema()
                .endSchema()
                .endVersion()
                .endSpec()
                .build();
    }
}
