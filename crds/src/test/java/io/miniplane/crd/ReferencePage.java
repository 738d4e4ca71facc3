package io.miniplane.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The reference page of the custom resource, as Markdown.
 *
 * @param schema the root of the schema
 */
record ReferencePage(JsonNode schema) {

    private static final String HEAD = """
            # MiniProgramBackend

            Generated from the Java types of `crds`; `mvn verify` fails when this page is out of date.

            `miniplane.io/v1alpha1`, namespaced, short name `mpb`, for Kubernetes 1.29 and newer.
            `kubectl explain mpb.spec --recursive` shows the same; `examples/` has manifests to start from.
            Times are written like `90s`, `10m` or `1h30m`, amounts like `500m` or `512Mi`.
            """;

    String markdown() {
        var fields = Definition.fields(schema);
        var spec = schema.at("/properties/spec/properties").propertyStream().map(entry -> "spec." + entry.getKey());
        return HEAD
                + Stream.concat(spec, Stream.of("status"))
                        .map(part -> section(part, fields))
                        .collect(Collectors.joining())
                + rules(fields);
    }

    private static String section(String part, List<Definition.Field> fields) {
        return "\n## " + part + "\n\n| Field | Type | Default | Bounds | Meaning |\n|---|---|---|---|---|\n"
                + fields.stream()
                        .filter(field -> isWithin(field.path(), part))
                        .map(ReferencePage::row)
                        .collect(Collectors.joining());
    }

    private static boolean isWithin(String path, String part) {
        return path.equals(part) || path.startsWith(part + ".") || path.startsWith(part + "[");
    }

    private static String row(Definition.Field field) {
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        field.path(),
                        type(field.schema()),
                        field.required() ? "required" : defaultOf(field.schema()),
                        cell(bounds(field.schema())),
                        cell(field.schema().path("description").asText()));
    }

    private static String type(JsonNode schema) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return "amount";
        }
        return switch (schema.path("type").asText()) {
            case "array" -> "list of " + type(schema.get("items"));
            case "object" ->
                schema.has("additionalProperties") ? "map of " + type(schema.get("additionalProperties")) : "object";
            default ->
                schema.path("format").asText().equals("date-time")
                        ? "time"
                        : schema.path("type").asText();
        };
    }

    private static String defaultOf(JsonNode schema) {
        var value = schema.path("default");
        var isObject = schema.path("type").asText().equals("object");
        return value.isMissingNode() || isObject
                ? ""
                : "`" + cell(value.isTextual() ? value.asText() : value.toString()) + "`";
    }

    private static String bounds(JsonNode schema) {
        var values = schema.path("enum").valueStream().map(value -> "`" + value.asText() + "`");
        var range = Stream.of("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "maxProperties")
                .filter(schema::has)
                .map(bound -> words(bound) + " " + plain(schema.get(bound)));
        var pattern = Stream.of("pattern")
                .filter(schema::has)
                .map(name -> "`" + schema.get(name).asText() + "`");
        var each = Stream.of("items", "additionalProperties")
                .filter(schema::has)
                .map(name -> schema.path(name).path("properties").isObject() ? "" : bounds(schema.path(name)))
                .filter(text -> !text.isEmpty())
                .map(text -> "each: " + text);
        return Stream.of(values, range, pattern, each).flatMap(part -> part).collect(Collectors.joining(", "));
    }

    private static String plain(JsonNode number) {
        return number.decimalValue().stripTrailingZeros().toPlainString();
    }

    private String rules(List<Definition.Field> fields) {
        var root = rules("the object", schema);
        return "\n## Rules\n\nThe API server refuses a manifest that breaks one of these, with the sentence.\n\n"
                + "| Where | What must hold |\n|---|---|\n"
                + Stream.concat(root, fields.stream().flatMap(ReferencePage::rules))
                        .collect(Collectors.joining());
    }

    private static Stream<String> rules(Definition.Field field) {
        return Stream.concat(
                rules("`" + field.path() + "`", field.schema()),
                rules("`" + field.path() + "[]`", field.schema().path("items")));
    }

    private static Stream<String> rules(String place, JsonNode schema) {
        return schema.path("x-kubernetes-validations")
                .valueStream()
                .map(rule -> "| %s | %s |\n"
                        .formatted(place, cell(rule.path("message").asText())));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private static String words(String bound) {
        return switch (bound) {
            case "minimum" -> "from";
            case "maximum" -> "to";
            case "minLength" -> "characters from";
            case "maxLength" -> "characters to";
            case "minItems" -> "entries from";
            default -> "entries to";
        };
    }
}
