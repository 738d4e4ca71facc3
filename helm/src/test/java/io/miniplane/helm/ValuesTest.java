package io.miniplane.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What values.yaml says of each value is what the README, the schema and the templates know. */
class ValuesTest {

    private static final String BEGIN = "<!-- values: begin -->\n";
    private static final String END = "<!-- values: end -->";
    private static final Path README = Chart.COMMITTED.resolve("README.md");

    private static ValuesFile committed() throws IOException {
        return ValuesFile.of(Files.readString(Chart.COMMITTED.resolve("values.yaml")));
    }

    private static String templates() throws IOException {
        var text = new StringBuilder();
        for (String end : List.of(".yaml", ".tpl", ".txt")) {
            for (Path template : new Chart(Chart.COMMITTED).files("templates", end)) {
                text.append(Files.readString(template));
            }
        }
        return text.toString();
    }

    @Test
    void everyValueIsDescribedAndUsedAndNoOtherIs() throws IOException {
        assertThat(committed().values()).hasSizeGreaterThan(40);
        assertThat(committed().undescribed()).isEmpty();
        assertThat(committed().unused(templates())).isEmpty();
        assertThat(committed().unknown(templates())).isEmpty();
    }

    @Test
    void aValueWithoutASentenceIsNoticed() {
        assertThat(ValuesFile.of("a:\n  # What it is.\n  b: 1\n  c: 2\n").undescribed())
                .containsExactly("a.c");
    }

    @Test
    void aValueThatNothingUsesIsNoticed() {
        var values = ValuesFile.of("# One.\na: 1\nb:\n  # Two.\n  c: 1\n  # Three.\n  d: 1\n");
        assertThat(values.unused("{{ .Values.a }} {{ .Values.b.c }}")).containsExactly("b.d");
        assertThat(values.unused("{{ $.Values.a }} {{ toYaml .Values.b }}")).isEmpty();
    }

    @Test
    void aUseOfAValueThatIsNotThereIsNoticed() {
        assertThat(ValuesFile.of("a:\n  # One.\n  b: 1\n").unknown("{{ .Values.a.b }} {{ .Values.a.c }}"))
                .containsExactly("a.c");
    }

    @Test
    void theSchemaIsUpToDate() throws IOException {
        new GeneratedFile(
                        Chart.COMMITTED.resolve("values.schema.json"),
                        committed().schema())
                .checkOrWrite();
    }

    @Test
    void theTableIsUpToDate() throws IOException {
        String page = Files.readString(README);
        String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String after = page.substring(page.indexOf(END));
        new GeneratedFile(README, before + committed().table() + after).checkOrWrite();
    }

    static Stream<Map<String, ?>> wrongValues() {
        return Stream.of(
                Map.of("replicas", 3),
                Map.of("operator", Map.of("replicas", 0)),
                Map.of("operator", Map.of("replicas", "two")),
                Map.of("operator", Map.of("image", Map.of("digest", "sha256:1"))),
                Map.of("operator", Map.of("image", Map.of("pullPolicy", "Sometimes"))),
                Map.of("namespaces", List.of("Shop")),
                Map.of("namespaces", List.of("shop", "shop")),
                Map.of("externalMetrics", Map.of("register", "Auto")),
                Map.of("runbookBaseUrl", "runbooks"),
                Map.of("crds", Map.of("keep", "no")));
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void aValueThatTheSchemaDoesNotKnowIsRefused(Map<String, ?> values) {
        assertThatThrownBy(() -> new Chart(Chart.COMMITTED).render(values)).hasMessageContaining("schema");
    }
}
