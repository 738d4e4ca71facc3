package io.miniplane.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CrdTest {

    private static final String NAME = "miniprogrambackends.miniplane.io";
    private static final String KEEP = "/metadata/annotations/helm.sh~1resource-policy";

    private final Chart chart = new Chart(Chart.COMMITTED);

    @Test
    void theDefinitionIsTheGeneratedOne() throws IOException {
        Rendering generated =
                Rendering.of(Files.readString(Path.of("../crds/miniprogrambackends.miniplane.io-v1.yml")));
        JsonNode expected = generated.get("CustomResourceDefinition", NAME).path("spec");
        JsonNode rendered =
                chart.render(Map.of()).get("CustomResourceDefinition", NAME).path("spec");
        assertThat(rendered.equals(CrdTest::compare, expected))
                .as("%s is %s", rendered, expected)
                .isTrue();
    }

    /** Helm writes 10 where the generator writes 10.0. */
    private static int compare(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }

    @Test
    void itOutlivesTheReleaseUnlessToldOtherwise() {
        assertThat(chart.render(Map.of())
                        .get("CustomResourceDefinition", NAME)
                        .at(KEEP)
                        .asString())
                .isEqualTo("keep");
        assertThat(chart.render(Map.of("crds", Map.of("keep", false)))
                        .get("CustomResourceDefinition", NAME)
                        .at(KEEP)
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void somebodyElseMayBringIt() {
        assertThat(chart.render(Map.of("crds", Map.of("install", false))).all("CustomResourceDefinition"))
                .isEmpty();
    }
}
