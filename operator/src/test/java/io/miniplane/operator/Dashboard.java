package io.miniplane.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A file of {@code dashboards/}, as Grafana reads it. */
record Dashboard(String file, JsonNode json) {

    private static final Path FOLDER = Path.of("../dashboards");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** All there are. */
    static List<Dashboard> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Dashboard::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dashboard read(Path file) {
        try {
            return new Dashboard(file.getFileName().toString(), JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String title() {
        return json.path("title").asText();
    }

    /** All panels but the rows that they stand in. */
    List<Panel> panels() {
        return stream(json.path("panels"))
                .flatMap(panel -> Stream.concat(Stream.of(panel), stream(panel.path("panels"))))
                .filter(panel -> !"row".equals(panel.path("type").asText()))
                .map(panel -> new Panel(this, panel))
                .toList();
    }

    List<JsonNode> variables() {
        return stream(json.path("templating").path("list")).toList();
    }

    /** One panel of it. */
    record Panel(Dashboard dashboard, JsonNode json) {

        String title() {
            return json.path("title").asText();
        }

        /** Where it stands, in words. */
        String place() {
            return dashboard.title() + ": " + title();
        }

        List<JsonNode> targets() {
            return stream(json.path("targets")).toList();
        }

        List<Query> queries() {
            return targets().stream()
                    .map(target -> new Query(this, target.path("expr").asText()))
                    .toList();
        }
    }

    /** One question of a panel. */
    record Query(Panel panel, String expression) {

        /**
         * The expression as Grafana sends it.
         *
         * @param values of the variables, without the {@code $}
         */
        String with(Map<String, String> values) {
            return substituted(expression, values);
        }

        @Override
        public String toString() {
            return panel.place() + ": " + expression;
        }
    }

    /** Puts values in place of {@code $name} and {@code ${name}}, longer names first. */
    static String substituted(String text, Map<String, String> values) {
        String result = text;
        List<String> names = values.keySet().stream()
                .sorted((a, b) -> b.length() - a.length())
                .toList();
        for (String name : names) {
            result = result.replace("${" + name + "}", values.get(name)).replace("$" + name, values.get(name));
        }
        return result;
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
