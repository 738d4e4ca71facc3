package io.miniplane.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every object is one that the oldest and the newest Kubernetes take. */
class SchemasTest {

    @TempDir
    private Path directory;

    private Chart chart;

    @BeforeEach
    void copy() {
        chart = Chart.copyIn(directory).with("dashboards/one.json", "{\"title\": \"one\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.29", "1.34"})
    void defaultsAreTaken(String version) {
        assertThat(Schemas.of(version).complaints(chart.render(Map.of(), version + ".0")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.29", "1.34"})
    void allThatCanBeMadeIsTaken(String version) {
        Rendering everything = chart.render(Everything.VALUES, version + ".0");
        assertThat(everything.objects()).hasSizeGreaterThan(25);
        assertThat(Schemas.of(version).complaints(everything)).isEmpty();
    }

    @Test
    void aFieldThatNoVersionKnowsIsNoticed() {
        Chart wrong = chart.changed(
                "templates/deployment.yaml", text -> text.replace("serviceAccountName:", "serviceAccountNames:"));
        assertThat(Schemas.of("1.29").complaints(wrong.render(Map.of())))
                .singleElement()
                .asString()
                .contains("Deployment miniplane-operator", "serviceAccountNames");
    }

    @Test
    void aFieldThatOnlyTheNewestKnowsIsNoticed() {
        Chart newer = chart.changed(
                "templates/deployment.yaml",
                text -> text.replace(
                        "serviceAccountName:", "resources: {limits: {cpu: 1}}\n      serviceAccountName:"));
        assertThat(Schemas.of("1.34").complaints(newer.render(Map.of()))).isEmpty();
        assertThat(Schemas.of("1.29").complaints(newer.render(Map.of()))).hasSize(1);
    }

    @Test
    void aWrongTypeInAKindOfOthersIsNoticed() {
        Chart wrong = chart.changed("templates/servicemonitor.yaml", text -> text.replace("endpoints:", "endpoint:"));
        assertThat(Schemas.of("1.34").complaints(wrong.render(Everything.VALUES)))
                .isNotEmpty()
                .allMatch(complaint -> complaint.contains("ServiceMonitor"));
    }
}
