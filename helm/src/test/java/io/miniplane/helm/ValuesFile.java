package io.miniplane.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The values of a chart, and what the comments above them say. A value is a scalar, a list, or a mapping whose comment has a line {@code @schema}; every
 * other mapping only groups values.
 *
 * @param values in the order of the file
 */
record ValuesFile(List<Value> values) {

    private static final Pattern KEY = Pattern.compile("( *)([A-Za-z]\\w*):.*");
    private static final Pattern USE = Pattern.compile("\\.Values((?:\\.[A-Za-z]\\w*)+)");
    private static final String SCHEMA = "@schema ";
    private static final YAMLMapper YAML = new YAMLMapper();

    /**
     * One value.
     *
     * @param path with dots, as templates name it
     * @param description one or more sentences; empty where nobody wrote any
     * @param keywords what its schema says beyond the type
     * @param preset what it is unless somebody sets it
     */
    record Value(String path, String description, ObjectNode keywords, JsonNode preset) {}

    static ValuesFile of(String yaml) {
        JsonNode tree = YAML.readTree(yaml);
        var values = new ArrayList<Value>();
        var path = new ArrayList<String>();
        var comment = new ArrayList<String>();
        for (String line : yaml.lines().toList()) {
            var key = KEY.matcher(line);
            String text = line.strip();
            if (text.startsWith("#")) {
                comment.add(text.substring(1).strip());
            } else if (key.matches() && key.group(1).length() / 2 <= path.size()) {
                path.subList(key.group(1).length() / 2, path.size()).clear();
                boolean inside = isInside(values, path);
                path.add(key.group(2));
                JsonNode preset = tree.at("/" + String.join("/", path));
                if (!inside && (!preset.isObject() || !schema(comment).isEmpty())) {
                    values.add(value(String.join(".", path), comment, preset));
                }
                comment.clear();
            } else {
                comment.clear();
            }
        }
        return new ValuesFile(List.copyOf(values));
    }

    /** Values that no sentence describes. */
    List<String> undescribed() {
        return values.stream()
                .filter(value -> !value.description().matches("\\p{Lu}.*[.:]"))
                .map(Value::path)
                .toList();
    }

    /** Values that no template uses. A template that takes a group as a whole uses all of it. */
    List<String> unused(String templates) {
        var uses = uses(templates);
        return values.stream()
                .map(Value::path)
                .filter(path -> uses.stream().noneMatch(use -> path.equals(use) || path.startsWith(use + ".")))
                .toList();
    }

    /** What templates use and the file does not have. */
    List<String> unknown(String templates) {
        return uses(templates).stream()
                .filter(use -> values.stream()
                        .map(Value::path)
                        .noneMatch(path -> path.equals(use) || path.startsWith(use + ".")))
                .toList();
    }

    private static TreeSet<String> uses(String templates) {
        var uses = new TreeSet<String>();
        USE.matcher(templates)
                .results()
                .map((MatchResult use) -> use.group(1).substring(1))
                .forEach(uses::add);
        return uses;
    }

    /** The schema that refuses what no template would understand. */
    String schema() {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        close(root);
        root.withObjectProperty("properties").putObject("global").put("type", "object");
        for (Value value : values) {
            ObjectNode parent = root;
            String[] path = value.path().split("\\.", -1);
            for (int i = 0; i < path.length - 1; i++) {
                parent = parent.withObjectProperty("properties").withObjectProperty(path[i]);
                close(parent);
            }
            parent.withObjectProperty("properties").set(path[path.length - 1], of(value));
        }
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void close(ObjectNode group) {
        group.put("type", "object").put("additionalProperties", false);
    }

    private static ObjectNode of(Value value) {
        ObjectNode schema = JsonMapper.shared().createObjectNode();
        schema.put("description", value.description());
        schema.put("type", type(value.preset()));
        schema.setAll(value.keywords());
        schema.set("default", value.preset());
        return schema;
    }

    private static String type(JsonNode preset) {
        return switch (preset.getNodeType()) {
            case BOOLEAN -> "boolean";
            case NUMBER -> "integer";
            case ARRAY -> "array";
            case OBJECT -> "object";
            default -> "string";
        };
    }

    /** The table of the README. */
    String table() {
        var table = new StringBuilder("| Value | Default | Meaning |\n|---|---|---|\n");
        for (Value value : values) {
            String choice =
                    value.keywords().has("enum") ? " One of " + value.keywords().path("enum") + "." : "";
            table.append("| `%s` | `%s` | %s%s |%n"
                    .formatted(
                            value.path(),
                            value.preset(),
                            value.description(),
                            choice.replaceAll("[\\[\\]\"]", "`")
                                    .replaceAll("``+", "`")
                                    .replace("`,`", "`, `")));
        }
        return table.toString();
    }

    private static boolean isInside(List<Value> values, List<String> path) {
        String group = String.join(".", path);
        return values.stream().anyMatch(value -> group.equals(value.path()) || group.startsWith(value.path() + "."));
    }

    private static Value value(String path, List<String> comment, JsonNode preset) {
        String description = String.join(
                " ", comment.stream().filter(line -> !line.startsWith("@")).toList());
        ObjectNode keywords = JsonMapper.shared().createObjectNode();
        for (String line : schema(comment)) {
            for (Map.Entry<String, JsonNode> keyword : YAML.readTree(line).properties()) {
                keywords.set(keyword.getKey(), keyword.getValue());
            }
        }
        return new Value(path, description, keywords, preset);
    }

    private static List<String> schema(List<String> comment) {
        return comment.stream()
                .filter(line -> line.startsWith(SCHEMA))
                .map(line -> line.substring(SCHEMA.length()))
                .toList();
    }
}
