package io.miniplane.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of a definition would break what was made for an earlier one: manifests, stored objects and programs. */
final class Compatibility {

    private static final List<String> LOWER_BOUNDS = List.of("minimum", "minLength", "minItems", "minProperties");
    private static final List<String> UPPER_BOUNDS = List.of("maximum", "maxLength", "maxItems", "maxProperties");

    /** What can't be compared, so that any other value of it, and one where there was none, counts as narrower. */
    private static final List<String> OPAQUE = List.of("pattern", "format", "anyOf");

    /** How lists are merged by those who apply: it must stay as it was, even where it was left open. */
    private static final List<String> MERGE = List.of("x-kubernetes-list-type", "x-kubernetes-list-map-keys");

    private static final List<String> OPENINGS =
            List.of("x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields", "nullable");

    private final List<String> breaks = new ArrayList<>();

    private Compatibility() {}

    /** Each thing that breaks, as its place and what is wrong; none when all that was right stays right. */
    static List<String> breaks(JsonNode released, JsonNode now) {
        var check = new Compatibility();
        check.definition(released.path("spec"), now.path("spec"));
        return check.breaks;
    }

    private void definition(JsonNode was, JsonNode is) {
        for (String fixed : List.of("group", "scope")) {
            same("definition", fixed, was, is);
        }
        for (String name : List.of("kind", "plural", "singular")) {
            same("names", name, was.path("names"), is.path("names"));
        }
        for (String names : List.of("shortNames", "categories")) {
            texts(was.path("names").path(names)).stream()
                    .filter(name -> !texts(is.path("names").path(names)).contains(name))
                    .forEach(name -> report("names", "%s lost %s".formatted(names, name)));
        }
        Map<String, JsonNode> versions = versions(is);
        versions(was).forEach((name, version) -> {
            JsonNode next = versions.get(name);
            if (next == null || !next.path("served").asBoolean()) {
                report(name, "the version is no longer served");
            } else {
                version(name, version, next);
            }
        });
    }

    private void version(String name, JsonNode was, JsonNode is) {
        was.path("subresources").properties().forEach(subresource -> {
            if (!subresource.getValue().equals(is.path("subresources").get(subresource.getKey()))) {
                report(name, "the subresource %s is gone or another".formatted(subresource.getKey()));
            }
        });
        schema("", was.at("/schema/openAPIV3Schema"), is.at("/schema/openAPIV3Schema"));
    }

    private void schema(String path, JsonNode was, JsonNode is) {
        values(path, was, is);
        bounds(path, was, is);
        required(path, was, is);
        was.path("properties").properties().forEach(field -> {
            String place = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            JsonNode next = is.path("properties").path(field.getKey());
            if (next.isMissingNode()) {
                report(place, "the field is gone");
            } else {
                schema(place, field.getValue(), next);
            }
        });
        element(path + "[]", was.path("items"), is.path("items"));
        element(path + ".*", was.path("additionalProperties"), is.path("additionalProperties"));
    }

    private void element(String path, JsonNode was, JsonNode is) {
        if (was.isObject() && is.isObject()) {
            schema(path, was, is);
        } else if (!was.isMissingNode() && !was.equals(is)) {
            report(path, "what may stand here is gone or another");
        }
    }

    private void values(String path, JsonNode was, JsonNode is) {
        String type = was.path("type").asText();
        boolean wider = type.equals("integer") && is.path("type").asText().equals("number");
        if (!wider) {
            same(path, "type", was, is);
        }
        for (String opaque : OPAQUE) {
            if (is.has(opaque)) {
                same(path, opaque, was, is);
            }
        }
        MERGE.forEach(how -> same(path, how, was, is));
        OPENINGS.stream()
                .filter(opening ->
                        was.path(opening).asBoolean() && !is.path(opening).asBoolean())
                .forEach(opening -> report(path, opening + " is gone"));
        if (is.has("enum")) {
            if (!was.has("enum")) {
                report(path, "only some values are allowed now");
            }
            was.path("enum")
                    .valueStream()
                    .filter(value ->
                            !Set.copyOf(is.path("enum").valueStream().toList()).contains(value))
                    .forEach(value -> report(path, "the value %s is gone".formatted(value.asText())));
        }
        if (was.has("default") && !keeps(was.path("default"), is.path("default"))) {
            report(path, "the default is gone or another");
        }
        rules(is).stream()
                .filter(rule -> !rules(was).contains(rule))
                .forEach(rule -> report(path, "a rule is new: " + rule));
    }

    private void bounds(String path, JsonNode was, JsonNode is) {
        LOWER_BOUNDS.stream()
                .filter(bound ->
                        is.has(bound) && is.path(bound).asDouble() > number(was, bound, Double.NEGATIVE_INFINITY))
                .forEach(bound -> report(path, bound + " was raised"));
        UPPER_BOUNDS.stream()
                .filter(bound ->
                        is.has(bound) && is.path(bound).asDouble() < number(was, bound, Double.POSITIVE_INFINITY))
                .forEach(bound -> report(path, bound + " was lowered"));
    }

    private static double number(JsonNode schema, String bound, double whereThereIsNone) {
        return schema.path(bound).asDouble(whereThereIsNone);
    }

    /** A default is filled in before the API server looks for what is missing. */
    private void required(String path, JsonNode was, JsonNode is) {
        texts(is.path("required")).stream()
                .filter(field -> !texts(was.path("required")).contains(field))
                .filter(field -> !is.path("properties").path(field).has("default"))
                .forEach(field -> report(path.isEmpty() ? field : path + "." + field, "the field is required now"));
    }

    /** Whether a default still says all that it said; about new fields it may say more. */
    private static boolean keeps(JsonNode was, JsonNode is) {
        return (was.isObject() && is.isObject())
                ? was.properties().stream().allMatch(field -> keeps(field.getValue(), is.path(field.getKey())))
                : was.equals(is);
    }

    private void same(String path, String key, JsonNode was, JsonNode is) {
        if (!was.path(key).equals(is.path(key))) {
            report(path, "%s was %s and is %s".formatted(key, was.path(key), is.path(key)));
        }
    }

    private void report(String path, String what) {
        breaks.add((path.isEmpty() ? "the resource" : path) + ": " + what);
    }

    private static Map<String, JsonNode> versions(JsonNode spec) {
        var versions = new LinkedHashMap<String, JsonNode>();
        spec.path("versions")
                .forEach(version -> versions.put(version.path("name").asText(), version));
        return versions;
    }

    private static List<String> rules(JsonNode schema) {
        return schema.path("x-kubernetes-validations")
                .valueStream()
                .map(rule -> rule.path("rule").asText())
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }
}
