package io.miniplane.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The operator gets the rights that its own tests prove, in the whole cluster or in some namespaces. */
class RbacTest {

    private static final String NAME = "miniplane-operator";
    private static final Map<String, ?> TWO_NAMESPACES = Map.of("namespaces", List.of("shop", "cafe"));

    private final Chart chart = new Chart(Chart.COMMITTED);

    @Test
    void inTheWholeClusterTheRightsAreExactlyThose() throws IOException {
        Rendering rendering = chart.render(Map.of());
        Rendering proven = Rendering.of(Files.readString(Path.of("../operator/src/main/kubernetes/rbac.yaml")));
        for (String kind : List.of("ClusterRole", "Role")) {
            for (JsonNode role : proven.all(kind).toList()) {
                assertThat(rendering
                                .get(kind, role.at("/metadata/name").asString())
                                .path("rules"))
                        .containsExactlyInAnyOrderElementsOf(role.path("rules"));
            }
            assertThat(rendering.all(kind)).hasSameSizeAs(proven.all(kind).toList());
        }
    }

    @Test
    void bindingsAreForTheServiceAccountOfTheOperator() {
        Rendering rendering = chart.render(Everything.VALUES);
        List<JsonNode> bindings = new ArrayList<>(rendering.all("RoleBinding").toList());
        bindings.addAll(rendering.all("ClusterRoleBinding").toList());
        assertThat(bindings)
                .hasSize(5)
                .allSatisfy(binding -> assertThat(binding.path("subjects"))
                        .singleElement()
                        .satisfies(subject -> {
                            assertThat(subject.path("name").asString()).isEqualTo(NAME);
                            assertThat(subject.path("namespace").asString()).isEqualTo("miniplane-system");
                        }));
        assertThat(rendering.has("ServiceAccount", NAME)).isTrue();
    }

    @Test
    void inSomeNamespacesOnlyTheRegistrationIsOfTheCluster() {
        Rendering rendering = chart.render(TWO_NAMESPACES);
        assertThat(rendering.get("ClusterRole", NAME).path("rules"))
                .singleElement()
                .satisfies(rule ->
                        assertThat(rule.path("resources").path(0).asString()).isEqualTo("apiservices"));
        assertThat(rendering
                        .all("Role")
                        .map(role -> role.at("/metadata/namespace").asString() + "/"
                                + role.at("/metadata/name").asString()))
                .containsExactlyInAnyOrder(
                        "shop/miniplane-operator",
                        "cafe/miniplane-operator",
                        "miniplane-system/miniplane-operator-lease");
        JsonNode all = chart.render(Map.of()).get("ClusterRole", NAME).path("rules");
        assertThat(rendering
                        .all("Role")
                        .filter(role -> role.at("/metadata/name").asString().equals(NAME)))
                .allSatisfy(role -> assertThat(role.path("rules")).hasSize(all.size() - 1));
        assertThat(rendering.has("RoleBinding", "miniplane-operator-authentication"))
                .isTrue();
    }

    @Test
    void whoRegistersNothingNeedsNothingOfTheCluster() {
        Rendering rendering =
                chart.render(Map.of("namespaces", List.of("shop"), "externalMetrics", Map.of("register", false)));
        assertThat(rendering.all("ClusterRole")).isEmpty();
        assertThat(rendering.all("ClusterRoleBinding")).isEmpty();
        assertThat(rendering.objects())
                .noneMatch(object ->
                        "kube-system".equals(object.at("/metadata/namespace").asString()));
    }

    @Test
    void certificatesOfTheOperatorsAreReachedWithoutRightsInTheCluster() {
        assertThat(chart.render(TWO_NAMESPACES)
                        .get("Role", "miniplane-operator-lease")
                        .path("rules"))
                .anySatisfy(rule -> {
                    assertThat(rule.path("resourceNames").path(0).asString()).isEqualTo("miniplane-operator-metrics");
                    assertThat(rule.path("verbs").path(0).asString()).isEqualTo("get");
                });
    }
}
