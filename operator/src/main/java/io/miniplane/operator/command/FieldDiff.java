package io.miniplane.operator.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The fields in which two objects differ, a line each: {@code - spec.image: a} and {@code + spec.image: b}. List items
 * that have names are compared by name, and texts of several lines line by line.
 */
final class FieldDiff {

    private final List<String> lines = new ArrayList<>();

    private FieldDiff() {}

    static List<String> between(JsonNode before, JsonNode after) {
        var diff = new FieldDiff();
        diff.compare("", before, after);
        return diff.lines;
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() || after.isObject()) {
            compareFields(path, before, after);
        } else if (areNamed(before) && areNamed(after)) {
            compareByName(path, before, after);
        } else if (before.isArray() || after.isArray()) {
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                compare("%s[%d]".formatted(path, i), before.path(i), after.path(i));
            }
        } else if (isText(before) && isText(after)) {
            lines.add("  " + path + ":");
            TextDiff.between(before.asText(), after.asText()).forEach(line -> lines.add("    " + line));
        } else {
            say("-", path, before);
            say("+", path, after);
        }
    }

    private void compareFields(String path, JsonNode before, JsonNode after) {
        var names = new TreeSet<String>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        names.forEach(name -> compare(below(path, name), before.path(name), after.path(name)));
    }

    private void compareByName(String path, JsonNode before, JsonNode after) {
        Map<String, JsonNode> was = byName(before);
        Map<String, JsonNode> is = byName(after);
        var names = new TreeSet<String>(was.keySet());
        names.addAll(is.keySet());
        names.forEach(name -> compare(
                "%s[%s]".formatted(path, name),
                was.getOrDefault(name, MissingNode.getInstance()),
                is.getOrDefault(name, MissingNode.getInstance())));
    }

    private void say(String sign, String path, JsonNode value) {
        if (!value.isMissingNode()) {
            lines.add("%s %s: %s".formatted(sign, path, value.isTextual() ? value.asText() : value.toString()));
        }
    }

    private static String below(String path, String name) {
        if (!name.matches("[a-zA-Z0-9_-]+")) {
            return "%s[%s]".formatted(path, name);
        }
        return path.isEmpty() ? name : path + "." + name;
    }

    private static boolean isText(JsonNode value) {
        return value.isTextual() && value.asText().contains("\n");
    }

    private static boolean areNamed(JsonNode list) {
        return list.isMissingNode()
                || (list.isArray() && !list.isEmpty() && byName(list).size() == list.size());
    }

    private static Map<String, JsonNode> byName(JsonNode list) {
        var named = new LinkedHashMap<String, JsonNode>();
        list.forEach(item -> {
            if (item.path("name").isTextual()) {
                named.put(item.get("name").asText(), item);
            }
        });
        return named;
    }
}
