package io.miniplane.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which metrics dashboards and alerts ask for. */
final class Metrics {

    /** Those that nobody asks for, one a line, without the endings of histograms. */
    static final Path NOT_SHOWN = Path.of("../dashboards/not-shown.txt");

    private static final Path RULES = Path.of("../alerts/rules");
    private static final Pattern WORD = Pattern.compile("[a-zA-Z_][\\w:]*");

    /** Prometheus' own, what only a cluster has, what is told after a failure, and what one kind of garbage collector tells. */
    private static final Pattern NOT_OURS = Pattern.compile(
            "ALERTS|kube_.+|container_.+|operator_sdk_reconciliations_failed_total|up|scrape_.+|jvm_gc_concurrent_.+");

    private Metrics() {}

    /** What dashboards and alerts ask of programs by name. */
    static SortedSet<String> shown() {
        return expressions()
                .flatMap(expression -> Pattern.compile("([a-zA-Z_][\\w:]*)\\{")
                        .matcher(expression)
                        .results()
                        .map(found -> found.group(1)))
                .filter(metric -> !NOT_OURS.matcher(metric).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of the metrics that programs tell, those that no expression names. */
    static List<String> notShown(Set<String> told) {
        Set<String> words = expressions()
                .flatMap(expression -> WORD.matcher(expression).results().map(MatchResult::group))
                .map(Metrics::family)
                .collect(Collectors.toSet());
        return told.stream()
                .filter(metric -> !NOT_OURS.matcher(metric).matches())
                .map(Metrics::family)
                .filter(family -> !words.contains(family) && !family.contains(":"))
                .distinct()
                .sorted()
                .toList();
    }

    private static String family(String metric) {
        return metric.replaceFirst("(?<!system_cpu)_(bucket|count|sum|max)$", "");
    }

    private static Stream<String> expressions() {
        try (Stream<Path> files = Files.list(RULES)) {
            var rules = new TreeSet<String>();
            for (Path file : files.toList()) {
                rules.add(Files.readString(file).replaceAll("(?m)^ *#.*$", ""));
            }
            return Stream.concat(
                    rules.stream(),
                    Dashboard.all().stream()
                            .flatMap(dashboard -> dashboard.panels().stream())
                            .flatMap(panel -> panel.queries().stream())
                            .map(Dashboard.Query::expression));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
