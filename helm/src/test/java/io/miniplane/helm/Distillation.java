package io.miniplane.helm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Makes JSON Schemas that let through nothing unknown, of what Kubernetes and the Prometheus operator publish: the kinds that charts are made of,
 * without prose. {@code CONTRIBUTING.md} has the command.
 */
final class Distillation {

    private static final String REFERENCE = "#/definitions/";
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Set<String> KINDS = Set.of(
            "apps/v1 Deployment",
            "v1 ConfigMap",
            "v1 Pod",
            "v1 Secret",
            "v1 Service",
            "v1 ServiceAccount",
            "policy/v1 PodDisruptionBudget",
            "networking.k8s.io/v1 NetworkPolicy",
            "rbac.authorization.k8s.io/v1 ClusterRole",
            "rbac.authorization.k8s.io/v1 ClusterRoleBinding",
            "rbac.authorization.k8s.io/v1 Role",
            "rbac.authorization.k8s.io/v1 RoleBinding",
            "apiextensions.k8s.io/v1 CustomResourceDefinition",
            "apiregistration.k8s.io/v1 APIService");

    private Distillation() {}

    /**
     * Writes the schemas.
     *
     * @param arguments the file to write, then the OpenAPI document of Kubernetes, or definitions of custom resources
     */
    public static void main(String[] arguments) throws Exception {
        ObjectNode schemas = JSON.createObjectNode();
        for (String source : List.of(arguments).subList(1, arguments.length)) {
            JsonNode tree = source.endsWith(".json")
                    ? JSON.readTree(Files.readString(Path.of(source)))
                    : new YAMLMapper().readTree(Files.readString(Path.of(source)));
            if (tree.has("definitions")) {
                kubernetes(tree.path("definitions"), schemas);
            } else {
                customResource(tree, schemas);
            }
        }
        Files.writeString(Path.of(arguments[0]), JSON.writeValueAsString(schemas) + "\n");
    }

    /** Adds the schemas of a custom resource, by {@code apiVersion kind}. */
    static void customResource(JsonNode definition, ObjectNode schemas) {
        JsonNode spec = definition.path("spec");
        for (JsonNode version : spec.path("versions")) {
            String apiVersion =
                    spec.path("group").asString() + "/" + version.path("name").asString();
            ObjectNode schema =
                    (ObjectNode) strict(version.at("/schema/openAPIV3Schema").deepCopy());
            for (String property : List.of("apiVersion", "kind", "metadata")) {
                schema.withObjectProperty("properties").set(property, JSON.createObjectNode());
            }
            schemas.set(apiVersion + " " + spec.at("/names/kind").asString(), schema);
        }
    }

    private static void kubernetes(JsonNode definitions, ObjectNode schemas) {
        Map<String, String> roots = roots(definitions);
        ObjectNode needed = JSON.createObjectNode();
        Deque<String> open = new ArrayDeque<>(new TreeSet<>(roots.values()));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (!needed.has(name)) {
                JsonNode schema = definition(name, definitions.path(name).deepCopy());
                needed.set(name, schema);
                // A property may be called so as well.
                schema.findValues("$ref").stream()
                        .filter(JsonNode::isString)
                        .forEach(reference -> open.add(reference.asString().substring(REFERENCE.length())));
            }
        }
        roots.forEach((kind, name) -> schemas.putObject(kind).put("$ref", REFERENCE + name));
        schemas.set("definitions", needed);
    }

    private static Map<String, String> roots(JsonNode definitions) {
        var roots = new TreeMap<String, String>();
        for (Map.Entry<String, JsonNode> definition : definitions.properties()) {
            for (JsonNode version : definition.getValue().path("x-kubernetes-group-version-kind")) {
                String group = version.path("group").asString();
                String kind = (group.isEmpty() ? "" : group + "/")
                        + version.path("version").asString() + " "
                        + version.path("kind").asString();
                if (KINDS.contains(kind)) {
                    roots.put(kind, definition.getKey());
                }
            }
        }
        return roots;
    }

    /** What the document calls a string and is written as a number as often. */
    private static JsonNode definition(String name, JsonNode schema) {
        if (name.endsWith(".IntOrString") || name.endsWith(".Quantity")) {
            return anyScalar();
        }
        return strict(schema);
    }

    private static ObjectNode anyScalar() {
        ObjectNode scalar = JSON.createObjectNode();
        scalar.putArray("type").add("string").add("number");
        return scalar;
    }

    private static JsonNode strict(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        if (object.path("x-kubernetes-int-or-string").asBoolean(false)
                || object.path("format").asString("").equals("int-or-string")) {
            return anyScalar();
        }
        boolean open = object.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
        List<String> prose = StreamSupport.stream(object.properties().spliterator(), false)
                .map(Map.Entry::getKey)
                .filter(key -> key.startsWith("x-")
                        || Set.of("description", "format", "default", "example").contains(key))
                .toList();
        object.remove(prose);
        descend(object);
        if (object.path("properties").isObject() && !object.has("additionalProperties") && !open) {
            object.put("additionalProperties", false);
        }
        if (object.path("nullable").asBoolean(false) && object.path("type") instanceof StringNode type) {
            object.putArray("type").add(type).add("null");
        }
        object.remove("nullable");
        return object;
    }

    private static void descend(ObjectNode object) {
        if (object.path("properties") instanceof ObjectNode properties) {
            properties.properties().forEach(property -> property.setValue(strict(property.getValue())));
        }
        for (String key : List.of("items", "additionalProperties", "not")) {
            if (object.has(key)) {
                object.set(key, strict(object.get(key)));
            }
        }
        for (String key : List.of("anyOf", "oneOf", "allOf")) {
            if (object.path(key) instanceof ArrayNode choices) {
                // Alternatives say only what differs: they are no complete objects.
                choices.forEach(choice -> ((ObjectNode) choice).remove(List.of("description")));
            }
        }
    }
}
