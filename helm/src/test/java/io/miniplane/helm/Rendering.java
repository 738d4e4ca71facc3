package io.miniplane.helm;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The objects that a chart makes of values.
 *
 * @param text as Helm writes them
 * @param objects one by one
 */
record Rendering(String text, List<JsonNode> objects) {

    static Rendering of(String text) {
        var mapper = new YAMLMapper();
        try (var documents = mapper.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return new Rendering(
                    text,
                    documents.readAll().stream().filter(JsonNode::isObject).toList());
        }
    }

    Stream<JsonNode> all(String kind) {
        return objects.stream().filter(object -> kind.equals(object.path("kind").asString()));
    }

    /** The only object of that kind and name. */
    JsonNode get(String kind, String name) {
        List<JsonNode> found = all(kind)
                .filter(object -> name.equals(object.at("/metadata/name").asString()))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("%d objects are a %s %s".formatted(found.size(), kind, name));
        }
        return found.getFirst();
    }

    boolean has(String kind, String name) {
        return all(kind)
                .anyMatch(object -> name.equals(object.at("/metadata/name").asString()));
    }

    /** The pods that are made, directly or by Deployments. */
    Stream<JsonNode> pods() {
        return Stream.concat(
                all("Pod").map(pod -> pod.path("spec")),
                all("Deployment").map(deployment -> deployment.at("/spec/template/spec")));
    }
}
