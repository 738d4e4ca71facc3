package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRuleSpec;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsTest {

    private static final Path ALERTS = Path.of("../alerts");
    private static final String WAY_TO_TRACES = "\n## Find the trace or the log line\n";

    @Test
    void promtoolAcceptsAllRules() throws IOException, InterruptedException {
        assertThat(Promtool.run("check", "rules", filesIn("rules"))).contains("SUCCESS");
    }

    @Test
    void everyRuleFiresAndIsSilentAsItsTestsSay() throws IOException, InterruptedException {
        assertThat(Promtool.run("test", "rules", filesIn("tests")))
                .contains("SUCCESS")
                .doesNotContain("FAILED");
    }

    @Test
    void everyAlertSaysWhatAPersonNeeds() throws IOException {
        for (Rule alert : alerts()) {
            assertThat(alert.getLabels().get("severity")).as(alert.getAlert()).isIn("critical", "warning");
            assertThat(alert.getFor()).as(alert.getAlert()).isNotNull();
            assertThat(alert.getAnnotations())
                    .as(alert.getAlert())
                    .containsOnlyKeys("summary", "description", "runbook_url", "dashboard_url")
                    .containsEntry("runbook_url", "alerts/runbooks/%s.md".formatted(alert.getAlert()));
            assertThat(alert.getAnnotations()
                            .get("dashboard_url")
                            .replaceFirst("\\?var-namespace=\\{\\{ \\$labels.namespace }}$", ""))
                    .as(alert.getAlert())
                    .isIn(Dashboard.all().stream()
                            .map(each -> "/d/" + each.json().path("uid").asText())
                            .toList());
        }
    }

    @Test
    void alertsRunbooksCasesAndDocumentationNameEachOther() throws IOException {
        assertThat(gaps(ALERTS)).isEmpty();
        assertThat(namesIn(Path.of("../docs/alerts.md"), "(?m)^\\| \\[(\\w+)]\\(\\.\\./alerts/runbooks/\\1\\.md\\)"))
                .containsExactlyInAnyOrderElementsOf(
                        alerts().stream().map(Rule::getAlert).toList());
    }

    @Test
    void aMissingOrLeftOverRunbookOrCaseIsNoticed(@TempDir Path copy) throws IOException {
        for (String folder : List.of("rules", "tests", "runbooks")) {
            Files.createDirectory(copy.resolve(folder));
            for (String file : filesIn(folder)) {
                Files.copy(
                        Path.of(file),
                        copy.resolve(folder).resolve(Path.of(file).getFileName()));
            }
        }
        Path cases = copy.resolve("tests/backend.yaml");
        String text = Files.readString(cases);
        Files.writeString(cases, text.replace("- name: DeadLetters fires", "- name: LiveLetters fires"));
        Files.move(copy.resolve("runbooks/QueueBacklog.md"), copy.resolve("runbooks/QueueBacklogs.md"));
        Path page = copy.resolve("runbooks/KeysetStale.md");
        Files.writeString(page, Files.readString(page).replace(WAY_TO_TRACES, "\n"));

        assertThat(gaps(copy))
                .containsExactly(
                        "DeadLetters has no case that fires",
                        "KeysetStale has a runbook that leads to no trace",
                        "LiveLetters has a case that fires and no rule",
                        "QueueBacklog has no runbook",
                        "QueueBacklogs has a runbook and no rule");
    }

    @Test
    void metricsOfOthersAreTheOnesThatTheDocumentationNames() throws IOException {
        var foreign = new TreeSet<String>();
        for (String file : filesIn("rules")) {
            foreign.addAll(namesIn(Path.of(file), "\\b((?:kube|container)_\\w+)(?=\\{)"));
        }
        assertThat(namesIn(Path.of("../docs/alerts.md"), "`((?:kube|container)_\\w+)`"))
                .containsExactlyInAnyOrderElementsOf(foreign);
    }

    /** What stands without its counterpart, in words. */
    private static SortedSet<String> gaps(Path alerts) throws IOException {
        var rules = new TreeSet<String>();
        var fires = new TreeSet<String>();
        var silent = new TreeSet<String>();
        for (String file : filesIn("rules")) {
            Path name = Path.of(file).getFileName();
            rules.addAll(namesIn(alerts.resolve("rules").resolve(name), "(?m)^ +- alert: (\\w+)$"));
            fires.addAll(namesIn(alerts.resolve("tests").resolve(name), "(?m)^ +- name: (\\w+) fires "));
            silent.addAll(namesIn(alerts.resolve("tests").resolve(name), "(?m)^ +- name: (\\w+) is silent "));
        }
        var gaps = new TreeSet<String>();
        addGaps(gaps, rules, fires, "case that fires");
        addGaps(gaps, rules, silent, "case in which it is silent");
        addGaps(gaps, rules, runbooks(alerts), "runbook");
        for (String name : runbooks(alerts)) {
            if (!Files.readString(alerts.resolve("runbooks/" + name + ".md")).contains(WAY_TO_TRACES)) {
                gaps.add(name + " has a runbook that leads to no trace");
            }
        }
        return gaps;
    }

    private static void addGaps(Set<String> gaps, Set<String> rules, Set<String> found, String what) {
        rules.stream().filter(name -> !found.contains(name)).forEach(name -> gaps.add(name + " has no " + what));
        found.stream()
                .filter(name -> !rules.contains(name))
                .forEach(name -> gaps.add("%s has a %s and no rule".formatted(name, what)));
    }

    private static Set<String> runbooks(Path alerts) throws IOException {
        try (Stream<Path> pages = Files.list(alerts.resolve("runbooks"))) {
            return pages.map(page -> page.getFileName().toString().replace(".md", ""))
                    .collect(Collectors.toSet());
        }
    }

    private static Set<String> namesIn(Path file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Rule> alerts() throws IOException {
        var alerts = new ArrayList<Rule>();
        for (String file : filesIn("rules")) {
            rulesOf(file).stream().filter(rule -> rule.getAlert() != null).forEach(alerts::add);
        }
        return alerts;
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
}
