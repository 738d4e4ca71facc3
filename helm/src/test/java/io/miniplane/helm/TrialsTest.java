package io.miniplane.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The simulator, and what {@code helm test} makes. */
class TrialsTest {

    @TempDir
    private Path directory;

    @Test
    void theSimulatorIsThereWhenAskedFor() {
        Chart chart = new Chart(Chart.COMMITTED);
        String name = "miniplane-wechat-simulator";
        assertThat(chart.render(Map.of()).has("Deployment", name)).isFalse();
        Rendering rendering = chart.render(Map.of("simulator", Map.of("enabled", true)));
        assertThat(rendering.get("Service", name).at("/spec/selector"))
                .isEqualTo(rendering.get("Deployment", name).at("/spec/selector/matchLabels"));
        assertThat(rendering.get("Deployment", name).findValuesAsString("image"))
                .containsExactly("miniplane/wechat-simulator:0.1.0-SNAPSHOT");
        assertThat(chart.render(Everything.VALUES).get("Deployment", name).findValues("secretKeyRef"))
                .hasSize(1);
    }

    @Test
    void everythingOfATestIsAHookThatLeavesNothing() throws Exception {
        String template = Files.readString(Chart.COMMITTED.resolve("templates/tests/backend.yaml"));
        int objects = template.split("(?m)^kind: ", -1).length - 1;
        assertThat(template.split("helm.sh/hook: test\n", -1)).hasSize(objects + 1);
        assertThat(template.split("hook-delete-policy: before-hook-creation,hook-succeeded\n", -1))
                .hasSize(objects + 1);
    }

    /** The operator touches nothing of others, so a ServiceAccount of the backend's name would keep it from becoming ready. */
    @Test
    void nothingButTheBackendHasItsName() {
        assertThat(Chart.copyIn(directory).render(Map.of()).objects().stream()
                        .filter(object -> "miniplane-test"
                                .equals(object.at("/metadata/name").asString()))
                        .map(object -> object.path("kind").asString()))
                .containsExactly("MiniProgramBackend");
    }

    @Test
    void aTestBringsItsDatabaseUnlessOneIsNamed() {
        Chart chart = Chart.copyIn(directory);
        assertThat(chart.render(Map.of()).has("Deployment", "miniplane-test-database"))
                .isTrue();
        assertThat(chart.render(Map.of("test", Map.of("database", Map.of("image", "mirror/postgres:18"))))
                        .get("Deployment", "miniplane-test-database")
                        .findValuesAsString("image"))
                .containsExactly("mirror/postgres:18");
        Rendering named = chart.render(Map.of("test", Map.of("database", Map.of("secret", "db"))));
        assertThat(named.has("Deployment", "miniplane-test-database")).isFalse();
        assertThat(named.get("MiniProgramBackend", "miniplane-test")
                        .at("/spec/database/secretRef/name")
                        .asString())
                .isEqualTo("db");
    }

    @Test
    void aTestIsWhereTheOperatorLooks() {
        Chart chart = Chart.copyIn(directory);
        Map.of("miniplane-system", List.of(), "shop", List.of("shop", "cafe"))
                .forEach((expected, namespaces) -> assertThat(chart.render(Map.of("namespaces", namespaces))
                                .get("Pod", "miniplane-test-wait")
                                .at("/metadata/namespace")
                                .asString())
                        .isEqualTo(expected));
        assertThat(chart.render(Map.of("test", Map.of("timeoutSeconds", 60)))
                        .get("Pod", "miniplane-test-wait")
                        .at("/spec/containers/0/args")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly("status", "miniplane-test", "--namespace=miniplane-system", "--wait=60");
    }
}
