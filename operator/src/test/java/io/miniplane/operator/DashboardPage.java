package io.miniplane.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.miniplane.operator.Dashboard.Panel;
import io.miniplane.operator.Dashboard.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Draws the panels of a dashboard from the same queries at the same places as Grafana, so that a person can look at them where there is no Grafana. */
final class DashboardPage {

    private static final List<String> COLOURS =
            List.of("#73bf69", "#f2cc0c", "#8ab8ff", "#ff780a", "#f2495c", "#5794f2", "#b877d9", "#37872d");
    private static final Duration SHOWN = Duration.ofSeconds(60);
    private static final int ROW = 30;
    private static final int COLUMN = 54;
    private static final int MOST_LEGENDS = 5;
    private static final String STYLE =
            "<meta charset='utf-8'><style>body{background:#111217;color:#ccccdc;font:12px sans-serif;margin:8px}"
                    + ".p{position:absolute;background:#181b1f;border:1px solid #2c2f34;box-sizing:border-box;padding:6px;"
                    + "overflow:hidden}.p b{font-weight:500;display:block;white-space:nowrap}.n{font-size:34px}"
                    + ".r{position:absolute;font-size:15px;font-weight:500;padding-top:6px}td,th{text-align:left;padding:3px 12px}"
                    + ".l{display:inline-block;margin-right:10px;white-space:nowrap;font-size:11px}svg{display:block}</style>";

    private final Prometheus prometheus;
    private final Map<String, String> values;
    private final Instant now = Instant.now();

    DashboardPage(Prometheus prometheus, Map<String, String> values) {
        this.prometheus = prometheus;
        this.values = values;
    }

    /** The whole page. */
    String html(Dashboard dashboard) {
        var html = new StringBuilder(STYLE)
                .append("<h2>")
                .append(dashboard.title())
                .append("</h2><div style='position:relative'>");
        Dashboard.stream(dashboard.json().path("panels"))
                .filter(panel -> "row".equals(panel.path("type").asText()))
                .forEach(row -> html.append("<div class='r'")
                        .append(place(row))
                        .append(row.path("title").asText())
                        .append("</div>"));
        for (Panel panel : dashboard.panels()) {
            html.append("<div class='p'")
                    .append(place(panel.json()))
                    .append("<b>")
                    .append(panel.title())
                    .append("</b>")
                    .append(body(panel))
                    .append("</div>");
        }
        return html.append("</div>").toString();
    }

    private static String place(JsonNode panel) {
        JsonNode grid = panel.path("gridPos");
        return " style='left:%dpx;top:%dpx;width:%dpx;height:%dpx'>"
                .formatted(
                        grid.path("x").asInt() * COLUMN,
                        grid.path("y").asInt() * ROW,
                        grid.path("w").asInt() * COLUMN - 6,
                        grid.path("h").asInt() * ROW - 6);
    }

    private String body(Panel panel) {
        return switch (panel.json().path("type").asText()) {
            case "stat" -> stat(panel);
            case "table" -> table(panel);
            default -> lines(panel);
        };
    }

    private String stat(Panel panel) {
        return panel.queries().stream()
                .flatMap(query -> Dashboard.stream(prometheus.query(query.with(values))))
                .map(series -> "<span class='n'>%s</span> "
                        .formatted(text(series.at("/value/1").asDouble(), unit(panel))))
                .collect(Collectors.joining());
    }

    private String table(Panel panel) {
        var cells = new StringBuilder("<table><tr>");
        for (JsonNode override : panel.json().at("/fieldConfig/overrides")) {
            cells.append("<th>")
                    .append(override.at("/properties/0/value").asText())
                    .append("</th>");
        }
        cells.append("</tr><tr>");
        JsonNode overrides = panel.json().at("/fieldConfig/overrides");
        List<Query> queries = panel.queries();
        JsonNode labels = null;
        for (int i = 0; i < queries.size(); i++) {
            JsonNode series = prometheus.query(queries.get(i).with(values)).path(0);
            labels = labels == null ? series.path("metric") : labels;
            cells.append("<td>")
                    .append(text(
                            series.at("/value/1").asDouble(),
                            overrides.at("/" + i + "/properties/1/value").asText()))
                    .append("</td>");
        }
        return cells
                + "<td>%s</td><td>%s</td></tr></table>"
                        .formatted(
                                labels == null ? "" : labels.path("backend").asText(),
                                labels == null ? "" : labels.path("namespace").asText());
    }

    private String lines(Panel panel) {
        var series = new ArrayList<Line>();
        for (JsonNode target : panel.targets()) {
            String expression = new Query(panel, target.path("expr").asText()).with(values);
            for (JsonNode each : prometheus.query(expression, now.minus(SHOWN), now, Duration.ofSeconds(1))) {
                series.add(new Line(
                        legend(target.path("legendFormat").asText(), each.path("metric")), each.path("values")));
            }
        }
        JsonNode grid = panel.json().path("gridPos");
        int width = grid.path("w").asInt() * COLUMN - 20;
        int height = grid.path("h").asInt() * ROW - 66;
        double most =
                Math.max(1e-9, series.stream().mapToDouble(Line::most).max().orElse(1));
        var svg = new StringBuilder("<svg width='%d' height='%d'>".formatted(width, height));
        for (int i = 0; i < series.size(); i++) {
            svg.append("<polyline fill='none' stroke='%s' points='%s'/>"
                    .formatted(COLOURS.get(i % COLOURS.size()), points(series.get(i), most, width, height)));
        }
        svg.append("<text x='0' y='10' fill='#888' font-size='10'>%s</text></svg>".formatted(text(most, unit(panel))));
        for (int i = 0; i < Math.min(MOST_LEGENDS, series.size()); i++) {
            svg.append("<span class='l' style='color:%s'>%s %s</span>"
                    .formatted(
                            COLOURS.get(i % COLOURS.size()),
                            series.get(i).legend(),
                            text(series.get(i).last(), unit(panel))));
        }
        return svg.toString();
    }

    private String points(Line line, double most, int width, int height) {
        double start = now.minus(SHOWN).toEpochMilli() / 1000.0;
        return Dashboard.stream(line.values())
                .filter(point -> Double.isFinite(number(point)))
                .map(point -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        (point.path(0).asDouble() - start) / SHOWN.toSeconds() * width,
                        height - number(point) / most * (height - 14) - 1))
                .collect(Collectors.joining(" "));
    }

    private static double number(JsonNode point) {
        return Double.parseDouble(
                point.path(1).asText().replace("+Inf", "Infinity").replace("-Inf", "-Infinity"));
    }

    private static String legend(String format, JsonNode labels) {
        String legend = format;
        for (var label : labels.properties()) {
            legend = legend.replace(
                    "{{" + label.getKey() + "}}", label.getValue().asText());
        }
        return legend;
    }

    private static String unit(Panel panel) {
        return panel.json().at("/fieldConfig/defaults/unit").asText();
    }

    private static String text(double value, String unit) {
        return switch (unit) {
            case "percentunit" -> String.format(Locale.ROOT, "%.2f %%", value * 100);
            case "s" ->
                value < 1
                        ? String.format(Locale.ROOT, "%.1f ms", value * 1000)
                        : String.format(Locale.ROOT, "%.1f s", value);
            case "bytes" -> String.format(Locale.ROOT, "%.0f MiB", value / 1048576);
            case "Bps" -> String.format(Locale.ROOT, "%.1f MB/s", value / 1e6);
            case "reqps" -> String.format(Locale.ROOT, "%.1f req/s", value);
            case "opm" -> String.format(Locale.ROOT, "%.1f /min", value);
            case "bool_yes_no" -> value == 0 ? "No" : "Yes";
            default -> String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
        };
    }

    /** One series and its name. */
    private record Line(String legend, JsonNode values) {

        double most() {
            return Dashboard.stream(values)
                    .mapToDouble(DashboardPage::number)
                    .filter(Double::isFinite)
                    .max()
                    .orElse(0);
        }

        double last() {
            return values.isEmpty() ? 0 : number(values.path(values.size() - 1));
        }
    }
}
