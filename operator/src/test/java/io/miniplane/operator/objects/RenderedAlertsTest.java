package io.miniplane.operator.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRuleSpec;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.miniplane.operator.Promtool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderedAlertsTest {

    private final PrometheusRuleSpec spec = rules("1s");

    @Test
    void whatIsRenderedForABackendFiresAndIsSilentAsTheCasesSay(@TempDir Path folder)
            throws IOException, InterruptedException {
        Files.writeString(folder.resolve("rules.yaml"), Serialization.asYaml(rules("1s")));
        String cases = Files.readString(Path.of("../alerts/tests/backend.yaml"))
                .replace("../rules/backend.yaml", "rules.yaml")
                .replace("namespace=\"shop\"", "namespace=\"web\"")
                .replace("namespace: shop", "namespace: web")
                .replace("?var-namespace=shop", "?var-namespace=web&var-backend=shop")
                .replaceAll("(?m)^( +summary: .* in) shop$", "$1 web")
                .replaceAll("(?m)^( +)(severity: \\w+)$", "$1$2\n$1backend: shop\n$1team: shop");
        Path tests = Files.writeString(folder.resolve("tests.yaml"), cases);

        assertThat(Promtool.run("test", "rules", List.of(tests.toString()))).contains("SUCCESS");
    }

    @Test
    void nothingOfOtherBackendsIsLookedAt() {
        assertThat(spec.getGroups()).flatExtracting(group -> group.getRules()).allSatisfy(rule -> {
            String expression = expression(rule);
            assertThat(expression)
                    .contains("namespace=\"web\"")
                    .doesNotContain("=~\".+")
                    .doesNotContain("=~\".*");
            assertThat(Pattern.compile("\\{").matcher(expression).results().count())
                    .isEqualTo(Pattern.compile(
                                    "namespace=\"web\",(pod=~\"shop-|backend=\"shop\"|horizontalpodautoscaler=~\"shop-|deployment=~\"shop-)")
                            .matcher(expression)
                            .results()
                            .count());
        });
    }

    @Test
    void thresholdsAreThoseOfTheSpec() {
        PrometheusRuleSpec other = rules("1500ms");

        assertThat(expression(find(other, "HighRequestLatency"))).endsWith("> 1.5");
        assertThat(expression(find(other, "LatencyBudgetBurnsFast")))
                .contains("> 1.5\n")
                .doesNotContain("> 1\n");
        assertThat(expression(find(rules("queueBacklog: 1000", "queueBacklog: 70"), "QueueBacklog")))
                .endsWith("> 70");
        assertThat(Serialization.asYaml(other)).doesNotContain("# spec.");
    }

    @Test
    void recordedSeriesBelongToTheBackendAndAlertsToItsTeam() {
        assertThat(spec.getGroups()).flatExtracting(group -> group.getRules()).allSatisfy(rule -> {
            if (rule.getRecord() == null) {
                assertThat(rule.getLabels()).containsOnlyKeys("backend", "severity", "team");
            } else {
                assertThat(rule.getLabels()).containsOnlyKeys("backend");
                assertThat(rule.getAnnotations()).isNullOrEmpty();
            }
        });
    }

    private static PrometheusRuleSpec rules(String latency) {
        return rules("p99Latency: 750ms", "p99Latency: " + latency);
    }

    private static PrometheusRuleSpec rules(String text, String replacement) {
        return new BackendAlerts("alerts/runbooks")
                .render(Manifests.backend(Manifests.shopWith(text, replacement)))
                .getSpec();
    }

    private static Rule find(PrometheusRuleSpec spec, String alert) {
        return spec.getGroups().stream()
                .flatMap(group -> group.getRules().stream())
                .filter(rule -> alert.equals(rule.getAlert()))
                .findFirst()
                .orElseThrow();
    }

    private static String expression(Rule rule) {
        return rule.getExpr().getStrVal();
    }
}
