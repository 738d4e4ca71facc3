package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.operator.Dashboard.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dashboards say what a person needs, look alike, and name no data source of their own. */
class DashboardsTest {

    private static final Map<String, String> VALUES = Map.of("__rate_interval", "1m", "namespace", "shop");
    private static final List<String> DATA_SOURCES = List.of("datasource", "logs", "traces");

    @Test
    void allDashboardsAreInOrder() {
        assertThat(Dashboard.all())
                .extracting(Dashboard::file)
                .containsExactly(
                        "backend.json", "jvm.json", "operator.json", "orders.json", "overview.json", "wechat.json");
        assertThat(Dashboard.all()).flatExtracting(DashboardsTest::faults).isEmpty();
        assertThat(Dashboard.all()).extracting(Dashboard::title).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNotInOrderIsNoticed() {
        assertThat(faultsAfter(json -> json.put("uid", "tmp123"))).containsExactly("uid is not miniplane-backend");
        assertThat(faultsAfter(json -> json.put("schemaVersion", 16))).containsExactly("schemaVersion is below 39");
        assertThat(faultsAfter(json -> json.remove("links"))).containsExactly("no links to the other dashboards");
        assertThat(faultsAfter(json -> json.withObject("/templating/list/0").put("query", "influxdb")))
                .containsExactly("variable datasource is of no Prometheus");
        assertThat(faultsAfter(
                        json -> json.withObject("/templating/list/3/datasource").put("uid", "P1809F7CD0C75ACF3")))
                .containsExactly("names a data source: P1809F7CD0C75ACF3");
        assertThat(faultsAfter(json -> panel(json).put("title", "Failed requests")))
                .containsExactly("two panels are called Failed requests");
        assertThat(faultsAfter(json -> panel(json).remove("description")))
                .containsExactly("Requests per second: no description");
        assertThat(faultsAfter(json -> panel(json).withObject("/datasource").put("uid", "prom")))
                .containsExactly("names a data source: prom");
        assertThat(faultsAfter(
                        json -> panel(json).withObject("/fieldConfig/defaults").remove("unit")))
                .containsExactly("Requests per second: no unit");
        assertThat(faultsAfter(
                        json -> panel(json).withObject("/fieldConfig/defaults").remove("thresholds")))
                .containsExactly("Requests per second: no thresholds");
        assertThat(faultsAfter(json -> panel(json).withObject("/targets/0").put("legendFormat", "")))
                .containsExactly("Requests per second: a query without a legend");
        assertThat(faultsAfter(json -> panel(json).withObject("/targets/0").put("expr", "sum(up{job=\"shop\"})")))
                .containsExactly("Requests per second: up is not narrowed down by a variable");
        assertThat(faultsAfter(json -> panel(json).withObject("/gridPos").put("w", 25)))
                .containsExactly(
                        "Requests per second: wider than the 24 columns",
                        "Requests per second: lies upon Failed requests");
        assertThat(faultsAfter(json ->
                        json.withObject("/panels/7/fieldConfig/defaults").remove("links")))
                .containsExactly("Requests by status: no way to logs");
        assertThat(faultsAfter(json -> json.withObject("/panels/16/targets/0").put("exemplar", false)))
                .containsExactly("Latency: no traces behind the times");
    }

    @Test
    void promtoolReadsEveryQuery(@TempDir Path folder) throws IOException, InterruptedException {
        var rules = new ArrayList<Map<String, String>>();
        for (Dashboard dashboard : Dashboard.all()) {
            dashboard.panels().stream()
                    .flatMap(panel -> panel.queries().stream())
                    .forEach(query -> rules.add(Map.of("record", "query:" + rules.size(), "expr", query.with(VALUES))));
        }
        Path file = Files.writeString(
                folder.resolve("queries.yaml"),
                Serialization.asYaml(Map.of("groups", List.of(Map.of("name", "queries", "rules", rules)))));

        assertThat(Promtool.run("check", "rules", List.of(file.toString())))
                .contains("SUCCESS: " + rules.size() + " rules found");
    }

    private static ObjectNode panel(ObjectNode dashboard) {
        return dashboard.withObject("/panels/0");
    }

    private static List<String> faultsAfter(Consumer<ObjectNode> change) {
        Dashboard backend = Dashboard.all().getFirst();
        ObjectNode json = backend.json().deepCopy();
        change.accept(json);
        return faults(new Dashboard(backend.file(), json));
    }

    /** What is wrong with a dashboard, in words. */
    private static List<String> faults(Dashboard dashboard) {
        var faults = new ArrayList<String>();
        JsonNode json = dashboard.json();
        String uid = "miniplane-" + dashboard.file().replace(".json", "");
        check(json.path("uid").asText().equals(uid), "uid is not " + uid, faults);
        check(json.path("schemaVersion").asInt() >= 39, "schemaVersion is below 39", faults);
        check(!json.path("description").asText().isBlank(), "no description", faults);
        check(json.at("/links/0/tags/0").asText().equals("miniplane"), "no links to the other dashboards", faults);
        check(json.at("/annotations/list/0/expr").asText().startsWith("ALERTS{"), "alerts are not shown", faults);
        addFaultsOfDataSources(dashboard, faults);
        var titles = new HashSet<String>();
        for (Panel panel : dashboard.panels()) {
            check(titles.add(panel.title()), "two panels are called " + panel.title(), faults);
            faultsOf(panel).forEach(fault -> faults.add(panel.title() + ": " + fault));
        }
        return faults;
    }

    private static void addFaultsOfDataSources(Dashboard dashboard, List<String> faults) {
        Map<String, String> kinds = Map.of("datasource", "prometheus", "logs", "loki", "traces", "jaeger");
        for (String name : DATA_SOURCES) {
            check(
                    dashboard.variables().stream()
                            .anyMatch(variable -> variable.path("name").asText().equals(name)
                                    && variable.path("type").asText().equals("datasource")
                                    && variable.path("query").asText().equals(kinds.get(name))),
                    "variable " + name + " is of no " + (name.equals("datasource") ? "Prometheus" : kinds.get(name)),
                    faults);
        }
        dashboard.json().findValues("datasource").stream()
                .map(source -> source.isTextual()
                        ? source.asText()
                        : source.path("uid").asText())
                .filter(uid -> !uid.equals("${datasource}"))
                .distinct()
                .forEach(uid -> faults.add("names a data source: " + uid));
    }

    private static List<String> faultsOf(Panel panel) {
        var faults = new ArrayList<String>();
        JsonNode defaults = panel.json().at("/fieldConfig/defaults");
        JsonNode grid = panel.json().path("gridPos");
        check(!panel.json().path("description").asText().isBlank(), "no description", faults);
        check(!defaults.path("unit").asText().isEmpty(), "no unit", faults);
        check(!defaults.at("/thresholds/steps").isEmpty(), "no thresholds", faults);
        check(!panel.targets().isEmpty(), "no query", faults);
        boolean hasLegend = panel.json().path("type").asText().equals("table")
                || panel.targets().stream()
                        .noneMatch(
                                target -> target.path("legendFormat").asText().isEmpty());
        check(hasLegend, "a query without a legend", faults);
        panel.queries().stream()
                .flatMap(query -> unbounded(query.expression()))
                .forEach(metric -> faults.add(metric + " is not narrowed down by a variable"));
        check(grid.path("x").asInt() + grid.path("w").asInt() <= 24, "wider than the 24 columns", faults);
        panel.dashboard().panels().stream()
                .filter(other -> other.json().path("id").asInt()
                                > panel.json().path("id").asInt()
                        && overlap(panel, other))
                .limit(1)
                .forEach(other -> faults.add("lies upon " + other.title()));
        check(
                !panel.json().path("type").asText().equals("timeseries")
                        || Dashboard.stream(defaults.path("links"))
                                .anyMatch(link -> link.path("url").asText().startsWith("/explore?")),
                "no way to logs",
                faults);
        check(
                !panel.json().path("type").asText().equals("timeseries")
                        || panel.targets().stream()
                                .filter(target -> asksForTimesOfRequests(
                                        target.path("expr").asText()))
                                .allMatch(target -> target.path("exemplar").asBoolean()),
                "no traces behind the times",
                faults);
        return faults;
    }

    private static boolean asksForTimesOfRequests(String expression) {
        return expression.startsWith("histogram_quantile(")
                && expression.contains("http_request_duration_seconds_bucket{namespace=\"$namespace\"");
    }

    /** Metrics of all namespaces, but for the number of backends, which belongs to no namespace of theirs. */
    private static Stream<String> unbounded(String expression) {
        return Pattern.compile("([a-zA-Z_][\\w:]*)\\{([^}]*)}")
                .matcher(expression)
                .results()
                .filter(selector -> !selector.group(2).contains("$namespace"))
                .map(selector -> selector.group(1))
                .filter(metric -> !metric.equals("miniplane_backends"));
    }

    private static boolean overlap(Panel one, Panel other) {
        JsonNode a = one.json().path("gridPos");
        JsonNode b = other.json().path("gridPos");
        return meet(a, b, "x", "w") && meet(a, b, "y", "h");
    }

    private static boolean meet(JsonNode a, JsonNode b, String start, String length) {
        return a.path(start).asInt() < b.path(start).asInt() + b.path(length).asInt()
                && b.path(start).asInt()
                        < a.path(start).asInt() + a.path(length).asInt();
    }

    private static void check(boolean holds, String fault, List<String> faults) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
