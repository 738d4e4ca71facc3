package io.miniplane.server.documentation;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI document: the hand-written fragments, completed with the schemas of the records and the refusals that each operation can meet, so that
 * neither is written twice.
 */
final class ApiDocument {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final Set<String> TAKEN_AS_THEY_ARE =
            Set.of("operationId", "tags", "summary", "description", "deprecated", "externalDocs");

    private final Fragments fragments;
    private final Refusals refusals;
    private final Schemas schemas;

    private ApiDocument(Fragments fragments) throws IOException {
        this.fragments = fragments;
        this.refusals = new Refusals(fragments.shared());
        this.schemas = new Schemas(fragments.schemas());
    }

    /** The document as it is committed. */
    static String text() throws IOException {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                .withArrayIndenter(new DefaultIndenter("  ", "\n"));
        return MAPPER.writer().with(printer).writeValueAsString(new ApiDocument(Fragments.read()).tree()) + "\n";
    }

    private ObjectNode tree() {
        ObjectNode document = MAPPER.createObjectNode();
        ObjectNode shared = fragments.shared();
        document.set("openapi", shared.path("openapi"));
        document.set("info", info((ObjectNode) shared.path("info")));
        document.set("servers", shared.path("servers"));
        document.set("tags", tags());
        document.set("paths", paths());
        document.set("components", components((ObjectNode) shared.path("components")));
        return document;
    }

    private ObjectNode info(ObjectNode told) {
        return told.put("description", told.path("description").asString().replace("{codes}", refusals.table()));
    }

    /** The tags in the order of their names, which is told. */
    private ArrayNode tags() {
        List<String> order = fragments
                .shared()
                .path("order")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        List<JsonNode> tags = fragments
                .tags()
                .valueStream()
                .sorted(Comparator.comparingInt(
                        tag -> order.indexOf(tag.path("name").asString())))
                .toList();
        if (!order.equals(tags.stream().map(tag -> tag.path("name").asString()).toList())) {
            throw new IllegalStateException("src/main/openapi/miniplane.yaml does not name every tag: order");
        }
        return MAPPER.createArrayNode().addAll(tags);
    }

    private ObjectNode paths() {
        ObjectNode paths = MAPPER.createObjectNode();
        fragments.paths().propertyStream().forEach(path -> {
            ObjectNode item = paths.putObject(path.getKey());
            path.getValue()
                    .propertyStream()
                    .forEach(method ->
                            item.set(method.getKey(), operation(path.getKey(), (ObjectNode) method.getValue())));
        });
        return paths;
    }

    private ObjectNode components(ObjectNode told) {
        ObjectNode all = (ObjectNode) told.path("schemas");
        schemas.all().forEach(all::set);
        told.set("responses", refusals.all());
        return told;
    }

    private ObjectNode operation(String path, ObjectNode told) {
        ObjectNode operation = MAPPER.createObjectNode();
        told.propertyStream()
                .filter(entry -> TAKEN_AS_THEY_ARE.contains(entry.getKey()))
                .forEach(entry -> operation.set(entry.getKey(), entry.getValue()));
        Callers.of(told).require(operation.putArray("security"));
        parameters(operation.putArray("parameters"), told.path("parameters"));
        if (told.has("body")) {
            body(operation.putObject("requestBody"), told.path("body"));
        }
        ObjectNode responses = operation.putObject("responses");
        told.path("answers")
                .propertyStream()
                .forEach(entry -> responses.set(entry.getKey(), success(entry.getKey(), entry.getValue())));
        refusals.answers(refusals.of(path, told)).forEach((status, answer) -> responses.set(status.toString(), answer));
        return operation;
    }

    private static void parameters(ArrayNode parameters, JsonNode told) {
        parameters.addAll(told.valueStream().toList());
        parameters.addObject().put("$ref", "#/components/parameters/AcceptLanguage");
        parameters.addObject().put("$ref", "#/components/parameters/RequestId");
    }

    private void body(ObjectNode body, JsonNode told) {
        body.put("required", true);
        if (told.isObject()) {
            body.set("content", told);
            return;
        }
        ObjectNode content = body.putObject("content").putObject("application/json");
        content.set("schema", schemas.reference(told));
        content.set("example", schemas.example(told));
    }

    private ObjectNode success(String status, JsonNode told) {
        ObjectNode answer = MAPPER.createObjectNode();
        answer.set("description", told.path("description"));
        ObjectNode headers = answer.putObject("headers");
        Headers.add(headers, "X-Request-Id");
        told.path("headers").valueStream().forEach(header -> Headers.add(headers, header.asString()));
        if (told.has("links")) {
            answer.set("links", told.path("links"));
        }
        if (told.has("content")) {
            answer.set("content", told.path("content"));
        } else if (!told.path("empty").asBoolean(false)) {
            ObjectNode content = answer.putObject("content");
            envelope(content.putObject("application/json"), status, told.path("data"));
            told.path("also").propertyStream().forEach(other -> content.set(other.getKey(), other.getValue()));
        }
        return answer;
    }

    /** The envelope around the data of one kind of answer. */
    private void envelope(ObjectNode content, String status, JsonNode data) {
        ObjectNode schema = content.putObject("schema").put("type", "object");
        schema.putArray("required").add("code").add("message").add("data");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("code").put("const", Integer.parseInt(status));
        properties.putObject("message").put("const", "Success");
        ObjectNode example = content.putObject("example")
                .put("code", Integer.parseInt(status))
                .put("message", "Success");
        if (data.isMissingNode()) {
            properties.putObject("data").put("type", "null");
            example.putNull("data");
        } else {
            properties.set("data", schemas.reference(data));
            example.set("data", schemas.example(data));
        }
    }
}
