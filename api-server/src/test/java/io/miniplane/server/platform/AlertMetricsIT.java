package io.miniplane.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts and their runbooks ask for nothing that a server doesn't tell. */
class AlertMetricsIT {

    private static final Path ALERTS = Path.of("../alerts");

    private static final Pattern SELECTOR = Pattern.compile("(?<![\\w:])([a-z]\\w*)\\{([^}]*)}");
    private static final Pattern LABEL = Pattern.compile("(\\w+)(?:=~|!~|!=|=)\"");

    /** What Prometheus adds to the series of a pod. */
    private static final Set<String> ADDED = Set.of("namespace", "pod");

    @Test
    void everyMetricAndLabelThatIsAskedForIsServed(@TempDir Path keys) throws IOException {
        String asked = Files.readString(ALERTS.resolve("rules/backend.yaml")) + runbooks();
        try (var backend = new Backend(keys)) {
            Api api = backend.startServer();
            api.logIn(backend.loginCode());
            System.gc();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(missing(asked, api.metrics())).isEmpty());
        }
    }

    @Test
    void aMetricOrLabelThatNobodyServesIsNoticed() {
        String rules =
                "rate(made_up_total{namespace=~\".+\"}[5m]) > 1 and orders{namespace=~\".+\",colour=\"red\"} > 0";
        assertThat(missing(rules, "orders{status=\"paid\"} 1.0\n"))
                .containsExactly("made_up_total with []", "orders with [colour]");
    }

    private static String runbooks() throws IOException {
        try (Stream<Path> pages = Files.list(ALERTS.resolve("runbooks"))) {
            var text = new StringBuilder();
            for (Path page : pages.toList()) {
                text.append(Files.readString(page));
            }
            return text.toString();
        }
    }

    private static List<String> missing(String rules, String metrics) {
        List<String> series =
                metrics.lines().filter(line -> !line.startsWith("#")).toList();
        return SELECTOR.matcher(rules)
                .results()
                .filter(selector -> !isOfTheCluster(selector.group(1)))
                .map(selector -> new Wanted(selector.group(1), labels(selector.group(2))))
                .filter(wanted -> series.stream().noneMatch(wanted::isIn))
                .map(wanted -> wanted.name() + " with " + wanted.labels())
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean isOfTheCluster(String metric) {
        return Stream.of("kube_", "container_").anyMatch(metric::startsWith);
    }

    private static Set<String> labels(String selector) {
        var labels = new TreeSet<String>();
        LABEL.matcher(selector).results().map(found -> found.group(1)).forEach(labels::add);
        labels.removeAll(ADDED);
        return labels;
    }

    private record Wanted(String name, Set<String> labels) {

        boolean isIn(String series) {
            String[] parts = series.split("[{ ]", 2);
            return parts[0].equals(name)
                    && labels.stream().allMatch(label -> Arrays.stream(parts).anyMatch(part -> has(part, label)));
        }

        private static boolean has(String part, String label) {
            return part.startsWith(label + "=\"") || part.contains("," + label + "=\"");
        }
    }
}
