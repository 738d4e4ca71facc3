package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRuleSpec;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AlertsTest {

    private static final Path ALERTS = Path.of("../alerts");

    @Test
    void promtoolAcceptsAllRules() throws IOException, InterruptedException {
        assertThat(promtool("check", "rules", filesIn("rules"))).contains("SUCCESS");
    }

    @Test
    void everyRuleFiresAndIsSilentAsItsTestsSay() throws IOException, InterruptedException {
        assertThat(promtool("test", "rules", filesIn("tests")))
                .contains("SUCCESS")
                .doesNotContain("FAILED");
    }

    @Test
    void everyRuleHasWhatAPersonNeedsAndTestsBothWays() throws IOException {
        for (String file : filesIn("rules")) {
            String tests = Files.readString(
                    ALERTS.resolve("tests").resolve(Path.of(file).getFileName()));
            for (Rule rule : rulesOf(file)) {
                assertThat(rule.getLabels()).as(rule.getAlert()).containsKey("severity");
                assertThat(rule.getAnnotations())
                        .as(rule.getAlert())
                        .containsKeys("summary", "description", "runbook_url");
                assertThat(Path.of("..", rule.getAnnotations().get("runbook_url")))
                        .hasFileName(rule.getAlert() + ".md")
                        .exists();
                assertThat(tests).contains(rule.getAlert() + " fires", rule.getAlert() + " is silent");
            }
        }
    }

    private static List<Rule> rulesOf(String file) throws IOException {
        return Serialization.unmarshal(Files.readString(Path.of(file)), PrometheusRuleSpec.class).getGroups().stream()
                .flatMap(group -> group.getRules().stream())
                .toList();
    }

    private static List<String> filesIn(String folder) throws IOException {
        try (Stream<Path> files = Files.list(ALERTS.resolve(folder))) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    private static String promtool(String verb, String noun, List<String> files)
            throws IOException, InterruptedException {
        boolean inCi = "true".equals(System.getenv("CI"));
        assumeTrue(inCi || isInstalled(), "promtool is not installed (Debian package prometheus)");
        var command = new ArrayList<>(List.of("promtool", verb, noun));
        command.addAll(files);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }
}
