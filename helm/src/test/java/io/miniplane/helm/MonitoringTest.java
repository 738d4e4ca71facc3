package io.miniplane.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What tells Prometheus and Grafana of the operator. */
class MonitoringTest {

    private static final String NAME = "miniplane-operator";
    private static final Map<String, ?> ON =
            Map.of("serviceMonitor", Map.of("enabled", true), "prometheusRule", Map.of("enabled", true));

    private final Chart chart = new Chart(Chart.COMMITTED);

    @TempDir
    private Path directory;

    @Test
    void withoutAPrometheusOperatorNothingIsMadeForIt() {
        Rendering rendering = chart.render(Map.of());
        assertThat(rendering.all("ServiceMonitor")).isEmpty();
        assertThat(rendering.all("PrometheusRule")).isEmpty();
    }

    @Test
    void theMonitorFindsTheService() {
        Rendering rendering = chart.render(ON);
        JsonNode monitor = rendering.get("ServiceMonitor", NAME);
        JsonNode service = rendering.get("Service", NAME);
        monitor.at("/spec/selector/matchLabels")
                .properties()
                .forEach(label -> assertThat(service.at("/metadata/labels").get(label.getKey()))
                        .isEqualTo(label.getValue()));
        assertThat(service.at("/spec/ports").valueStream().map(port -> port.path("name")))
                .contains(monitor.at("/spec/endpoints/0/port"));
        assertThat(chart.render(Map.of("serviceMonitor", Map.of("enabled", true, "interval", "15s")))
                        .get("ServiceMonitor", NAME)
                        .at("/spec/endpoints/0/interval")
                        .asString())
                .isEqualTo("15s");
    }

    @Test
    void theAlertsAreThoseOfTheirSource() throws IOException {
        JsonNode source = new YAMLMapper().readTree(Files.readString(Path.of("../alerts/rules/operator.yaml")));
        assertThat(chart.render(ON).get("PrometheusRule", NAME).path("spec")).isEqualTo(source);
    }

    @Test
    void alertsPointToTheGivenRunbooks() {
        List<String> urls =
                chart.render(Everything.VALUES).get("PrometheusRule", NAME).findValuesAsString("runbook_url");
        assertThat(urls).isNotEmpty().allMatch(url -> url.matches("https://runbooks\\.example/miniplane/\\w+\\.md"));
    }

    @Test
    void theirPrometheusFindsThemByLabels() {
        Rendering rendering = chart.render(Everything.VALUES);
        for (String kind : List.of("ServiceMonitor", "PrometheusRule")) {
            assertThat(rendering.get(kind, NAME).at("/metadata/labels/release").asString())
                    .isEqualTo("prometheus");
        }
    }

    @Test
    void eachDashboardIsAConfigMap() {
        Chart copy = Chart.copyIn(directory).withoutDashboards();
        assertThat(copy.render(Map.of()).all("ConfigMap")).isEmpty();
        String content = "{\"title\": \"{{ instance }} 一\",\n \"panels\": []}";
        for (int i = 0; i < 12; i++) {
            copy.with("dashboards/d" + i + ".json", content);
        }
        Rendering rendering = copy.render(Map.of("dashboards", Map.of("annotations", Map.of("folder", "Miniplane"))));
        assertThat(rendering.all("ConfigMap")).hasSize(12).allSatisfy(map -> {
            assertThat(map.at("/metadata/labels/grafana_dashboard").asString()).isEqualTo("1");
            assertThat(map.at("/metadata/annotations/folder").asString()).isEqualTo("Miniplane");
            assertThat(map.path("data").valueStream().map(JsonNode::asString)).containsExactly(content);
        });
        assertThat(copy.render(Map.of("dashboards", Map.of("enabled", false))).all("ConfigMap"))
                .isEmpty();
    }
}
