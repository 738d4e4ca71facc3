package io.miniplane.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that contradict each other are refused with a sentence that says what to change. */
class RefusalsTest {

    record Refusal(Map<String, ?> values, String sentence) {}

    static Stream<Refusal> refusals() {
        return Stream.of(
                new Refusal(
                        Map.of("operator", Map.of("leaderElection", false)),
                        "Set operator.replicas to 1, or operator.leaderElection to true."),
                new Refusal(
                        Map.of("networkPolicy", Map.of("enabled", false, "metricsFrom", List.of(Map.of()))),
                        "set networkPolicy.enabled to true, or take networkPolicy.metricsFrom away."),
                new Refusal(
                        Map.of("serviceMonitor", Map.of("labels", Map.of("team", "a"))),
                        "set serviceMonitor.enabled to true, or take serviceMonitor.labels away."),
                new Refusal(
                        Map.of("prometheusRule", Map.of("labels", Map.of("team", "a"))),
                        "set prometheusRule.enabled to true, or take prometheusRule.labels away."),
                new Refusal(
                        Map.of("simulator", Map.of("appsSecret", "apps")),
                        "set simulator.enabled to true, or take simulator.appsSecret away."),
                new Refusal(
                        Map.of("crds", Map.of("install", false, "keep", false)),
                        "Set crds.install to true, or crds.keep to true."),
                new Refusal(
                        Map.of("operator", Map.of("environment", Map.of("MINIPLANE_NAMESPACES", "a"))),
                        "operator.environment names MINIPLANE_NAMESPACES, which the chart sets by itself"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefused(Refusal refusal) {
        assertThatThrownBy(() -> new Chart(Chart.COMMITTED).render(refusal.values()))
                .hasMessageContaining(refusal.sentence());
    }

    @Test
    void everyRefusalIsTried() throws IOException {
        String template = Files.readString(Chart.COMMITTED.resolve("templates/refusals.yaml"));
        assertThat(template.split("\\{\\{- fail ", -1)).hasSize((int) refusals().count() + 1);
    }

    @Test
    void oneOperatorNeedsNoTurns() {
        var values = Map.of("operator", Map.of("leaderElection", false, "replicas", 1));
        assertThat(new Chart(Chart.COMMITTED)
                        .render(values)
                        .get("Deployment", "miniplane-operator")
                        .at("/spec/strategy/type")
                        .asString())
                .isEqualTo("Recreate");
    }

    @Test
    void anOlderKubernetesIsRefused() {
        assertThatThrownBy(() -> new Chart(Chart.COMMITTED).render(Map.of(), "1.28.0"))
                .hasMessageContaining(">=1.29.0");
    }
}
