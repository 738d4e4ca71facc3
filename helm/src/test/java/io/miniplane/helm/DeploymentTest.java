package io.miniplane.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DeploymentTest {

    private static final String DIGEST = "sha256:" + "0".repeat(64);

    private final Chart chart = new Chart(Chart.COMMITTED);

    private JsonNode deployment(Map<String, ?> values) {
        return chart.render(values).get("Deployment", "miniplane-operator");
    }

    private JsonNode container(Map<String, ?> values) {
        return deployment(values).at("/spec/template/spec/containers/0");
    }

    private Map<String, String> environment(Map<String, ?> values) {
        var environment = new HashMap<String, String>();
        for (JsonNode variable : container(values).path("env")) {
            environment.put(
                    variable.path("name").asString(),
                    variable.has("value")
                            ? variable.path("value").asString()
                            : variable.at("/valueFrom/fieldRef/fieldPath").asString());
        }
        return environment;
    }

    @Test
    void twoOperatorsTakeTurnsAndSpread() {
        JsonNode spec = deployment(Map.of()).path("spec");
        assertThat(spec.path("replicas").asInt()).isEqualTo(2);
        assertThat(spec.at("/template/spec/topologySpreadConstraints")).hasSize(2);
        assertThat(spec.at("/template/metadata/labels/app.kubernetes.io~1name").asString())
                .isEqualTo("miniplane-operator");
    }

    @Test
    void theOperatorKnowsWhereItIsAndWhatItShips() {
        assertThat(environment(Map.of()))
                .containsEntry("POD_NAME", "metadata.name")
                .containsEntry("POD_NAMESPACE", "metadata.namespace")
                .containsEntry("MINIPLANE_SERVER_IMAGE", "miniplane/api-server:0.1.0-SNAPSHOT")
                .containsEntry("MINIPLANE_SERVICE", "miniplane-operator")
                .containsEntry("MINIPLANE_LEADER_ELECTION", "true")
                .doesNotContainKeys("MINIPLANE_NAMESPACES", "MINIPLANE_RUNBOOK_BASE_URL");
    }

    @Test
    void namespacesRunbooksAndVariablesReachIt() {
        assertThat(environment(Everything.VALUES))
                .containsEntry("MINIPLANE_NAMESPACES", "shop,miniplane-system")
                .containsEntry("MINIPLANE_RUNBOOK_BASE_URL", "https://runbooks.example/miniplane/")
                .containsEntry("HTTPS_PROXY", "http://proxy:3128");
    }

    @Test
    void imagesHaveRegistryTagAndDigest() {
        var image = Map.of("registry", "registry.example:5000", "tag", "1.2.3", "digest", DIGEST);
        assertThat(container(Map.of("operator", Map.of("image", image)))
                        .path("image")
                        .asString())
                .isEqualTo("registry.example:5000/miniplane/operator:1.2.3@" + DIGEST);
        assertThat(environment(Map.of("server", Map.of("image", image))))
                .containsEntry("MINIPLANE_SERVER_IMAGE", "registry.example:5000/miniplane/api-server:1.2.3@" + DIGEST);
        assertThat(container(Map.of("operator", Map.of("image", Map.of("pullPolicy", "Always"))))
                        .path("imagePullPolicy")
                        .asString())
                .isEqualTo("Always");
    }

    @Test
    void theKubeletAsksForLifeAndReadiness() {
        JsonNode container = container(Map.of());
        assertThat(container.at("/livenessProbe/httpGet/path").asString()).isEqualTo("/livez");
        assertThat(container.at("/startupProbe/httpGet/path").asString()).isEqualTo("/livez");
        assertThat(container.at("/readinessProbe/httpGet/path").asString()).isEqualTo("/readyz");
    }

    @Test
    void podsAreWhereAndWhatTheClusterWants() {
        JsonNode pod = deployment(Everything.VALUES).at("/spec/template");
        assertThat(pod.at("/metadata/labels/team").asString()).isEqualTo("platform");
        assertThat(pod.at("/metadata/annotations/team").asString()).isEqualTo("platform");
        assertThat(pod.at("/spec/nodeSelector").size()).isEqualTo(1);
        assertThat(pod.at("/spec/tolerations")).hasSize(1);
        assertThat(pod.at("/spec/affinity").isObject()).isTrue();
        assertThat(pod.at("/spec/priorityClassName").asString()).isEqualTo("system-cluster-critical");
        assertThat(pod.at("/spec/imagePullSecrets/0/name").asString()).isEqualTo("pull");
    }

    @Test
    void optionsAndResourcesOfTheJvmCanBeSet() {
        var operator = Map.of("javaOptions", "-Xmx1g", "resources", Map.of("limits", Map.of("memory", "2Gi")));
        assertThat(environment(Map.of("operator", operator))).containsEntry("JDK_JAVA_OPTIONS", "-Xmx1g");
        assertThat(container(Map.of("operator", operator))
                        .at("/resources/limits/memory")
                        .asString())
                .isEqualTo("2Gi");
    }

    @Test
    void theServiceLeadsToThePortsOfTheContainer() {
        Rendering rendering = chart.render(Map.of());
        JsonNode service = rendering.get("Service", "miniplane-operator");
        List<String> named = container(Map.of())
                .path("ports")
                .valueStream()
                .map(port -> port.path("name").asString() + "="
                        + port.path("containerPort").asInt())
                .toList();
        assertThat(named).containsExactlyInAnyOrder("http=8081", "metrics-api=8443");
        assertThat(service.at("/spec/ports")
                        .valueStream()
                        .map(port -> port.path("port").asInt() + "="
                                + port.path("targetPort").asString()))
                .containsExactlyInAnyOrder("443=metrics-api", "8081=http");
        assertThat(service.at("/spec/selector")).isEqualTo(deployment(Map.of()).at("/spec/selector/matchLabels"));
    }

    @Test
    void aDisruptionBudgetKeepsOneRunning() {
        JsonNode budget = chart.render(Map.of()).get("PodDisruptionBudget", "miniplane-operator");
        assertThat(budget.at("/spec/maxUnavailable").asInt()).isEqualTo(1);
        assertThat(chart.render(Map.of("podDisruptionBudget", Map.of("enabled", false)))
                        .all("PodDisruptionBudget"))
                .isEmpty();
    }
}
