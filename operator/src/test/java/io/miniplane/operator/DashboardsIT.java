package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.operator.Dashboard.Panel;
import io.miniplane.operator.Dashboard.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A real Prometheus scrapes an operator, an api pod and a worker that have work, and is asked what Grafana would ask it: every panel has
 * something to show, and every rule can be evaluated.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardsIT {

    private static final Duration A_WHILE = Duration.ofMinutes(2);

    /** What Grafana puts in place of variables; rates look back as far as four scrapes take. */
    private static final Map<String, String> VALUES = Map.of(
            "namespace", ShopUnderLoad.NAMESPACE,
            "backend", "shop",
            "pod", ".+",
            "__rate_interval", "15s",
            "__interval", "5s",
            "__range", "1m");

    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

    private ShopUnderLoad shop;
    private Prometheus prometheus;

    @BeforeAll
    void start() throws IOException, SQLException {
        Promtool.require("prometheus");
        shop = new ShopUnderLoad();
        prometheus = Prometheus.start(
                shop.targets(),
                Map.of(
                        // Recorded every minute, it would take minutes until there is anything.
                        "backend.yml",
                        Serialization.asYaml(shop.rules().getSpec()).replace("interval: \"1m\"", "interval: \"1s\""),
                        "operator.yml",
                        Files.readString(Path.of("../alerts/rules/operator.yaml"))));
        await().atMost(A_WHILE)
                .until(() ->
                        prometheus.query("up == 1").size() == shop.targets().size());
        shop.change();
    }

    @AfterAll
    void stop() throws IOException {
        if (prometheus != null) {
            prometheus.close();
        }
        if (shop != null) {
            shop.close();
        }
    }

    @Test
    void everyPanelHasData() throws IOException {
        Set<Query> empty = new LinkedHashSet<>();
        Dashboard.all().forEach(dashboard -> dashboard.panels().forEach(panel -> empty.addAll(panel.queries())));
        await().atMost(A_WHILE).untilAsserted(() -> {
            empty.removeIf(this::hasData);
            assertThat(empty).isEmpty();
        });
        draw();
    }

    /** For a person to look at. */
    private void draw() throws IOException {
        Path folder = Files.createDirectories(Path.of("target/dashboards"));
        for (Dashboard dashboard : Dashboard.all()) {
            String page = new DashboardPage(prometheus, valuesFor(dashboard)).html(dashboard);
            Files.writeString(folder.resolve(dashboard.file().replace(".json", ".html")), page);
        }
    }

    @Test
    void everyVariableHasValues() {
        for (Dashboard dashboard : Dashboard.all()) {
            for (JsonNode variable : dashboard.variables()) {
                if ("query".equals(variable.path("type").asText())) {
                    Matcher query = LABEL_VALUES.matcher(
                            Dashboard.substituted(variable.path("definition").asText(), VALUES));
                    assertThat(query.matches()).as(variable.toString()).isTrue();
                    await().atMost(A_WHILE)
                            .untilAsserted(() -> assertThat(prometheus.labelValues(query.group(2), query.group(1)))
                                    .as(variable.toString())
                                    .isNotEmpty());
                }
            }
        }
    }

    @Test
    void theTracesOfRequestsAreBehindTheirTimes() {
        await().atMost(A_WHILE)
                .untilAsserted(() -> assertThat(prometheus
                                .exemplars(
                                        "http_request_duration_seconds_bucket{backend=\"shop\"}",
                                        Instant.now().minus(A_WHILE),
                                        Instant.now())
                                .at("/0/exemplars/0/labels/trace_id")
                                .asText())
                        .matches("[0-9a-f]{32}"));
    }

    @Test
    void everyMetricThatIsShownIsTold() {
        await().atMost(A_WHILE)
                .untilAsserted(() -> assertThat(Metrics.shown())
                        .allSatisfy(metric -> assertThat(told()).contains(metric)));
    }

    @Test
    void metricsThatNobodyShowsAreListed() throws IOException {
        if (System.getProperty("miniplane.regenerate") != null) {
            Files.write(Metrics.NOT_SHOWN, Metrics.notShown(told()));
        }
        List<String> listed = Files.readAllLines(Metrics.NOT_SHOWN);
        await().atMost(A_WHILE)
                .untilAsserted(() -> assertThat(Metrics.notShown(told()))
                        .as("dashboards/not-shown.txt, which DashboardsIT with -Dminiplane.regenerate writes anew")
                        .containsExactlyElementsOf(listed));
    }

    @Test
    void whatHasNoDataAndWhatNobodyShowsIsNoticed() {
        Panel panel = Dashboard.all().getFirst().panels().getFirst();
        assertThat(hasData(new Query(panel, "vector(1)"))).isTrue();
        assertThat(hasData(new Query(panel, "made_up_total{namespace=\"$namespace\"}")))
                .isFalse();
        assertThat(hasData(new Query(panel, "vector(0) / 0"))).as("no number").isFalse();
        assertThat(Metrics.notShown(Set.of("made_up_seconds_count", "up", "http_requests_total")))
                .containsExactly("made_up_seconds");
    }

    /** The names of all series that programs tell, and rules record. */
    private Set<String> told() {
        return Stream.of("{job=~\"port-.+\"}", "{__name__=~\"namespace.*:.+\"}")
                .flatMap(series -> Dashboard.stream(prometheus.labelValues("__name__", series)))
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    private boolean hasData(Query query) {
        String asked = query.with(valuesFor(query.panel().dashboard()));
        return Dashboard.stream(prometheus.query(asked))
                .anyMatch(series -> !"NaN".equals(series.at("/value/1").asText()));
    }

    /** The dashboard of the operator begins with the namespace of an operator. */
    private static Map<String, String> valuesFor(Dashboard dashboard) {
        var values = new HashMap<>(VALUES);
        if ("operator.json".equals(dashboard.file())) {
            values.put("namespace", "miniplane-system");
        }
        return values;
    }

    @Test
    void everyRuleIsEvaluated() {
        await().atMost(A_WHILE)
                .untilAsserted(() -> assertThat(prometheus.rules())
                        .isNotEmpty()
                        .allSatisfy(rule -> assertThat(rule.path("health").asText())
                                .as(rule.toString())
                                .isEqualTo("ok")));
    }
}
