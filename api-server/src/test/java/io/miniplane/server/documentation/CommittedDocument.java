package io.miniplane.server.documentation;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.miniplane.server.platform.security.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The document that the server gives out, and what is wrong with it. */
record CommittedDocument(JsonNode tree) {

    private static final String META_SCHEMA = "/org/openapis/oas-3.1.json";

    /** OpenAPI's own schema leaves Schema Objects open; this one holds them to JSON Schema 2020-12. */
    private static final String STRICT = """
            {"$id": "https://miniplane.io/test/openapi", "$schema": "https://json-schema.org/draft/2020-12/schema",
             "$ref": "https://spec.openapis.org/oas/3.1/schema/2022-10-07",
             "$defs": {"schema": {"$dynamicAnchor": "meta", "$ref": "https://json-schema.org/draft/2020-12/schema"}}}
            """;

    static CommittedDocument read() throws IOException {
        return new CommittedDocument(JsonMapper.shared().readTree(resource("/openapi.json")));
    }

    /** Where it breaks the rules of OpenAPI 3.1. */
    List<String> errors() throws IOException {
        String metaSchema = resource(META_SCHEMA);
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                settings ->
                        settings.schemas(Map.of("https://spec.openapis.org/oas/3.1/schema/2022-10-07", metaSchema)));
        return registry.getSchema(STRICT).validate(tree).stream()
                .map(Object::toString)
                .toList();
    }

    /** Examples that their own schema refuses, with the reason. */
    List<String> wrongExamples() {
        return examples(tree).flatMap(this::wrong).toList();
    }

    /** Every operation as {@code GET /path}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        tree.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    /** An operation of the form {@code GET /path}. */
    JsonNode operation(String name) {
        String[] parts = name.split(" ", 2);
        return tree.path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
    }

    /** The roles of which one is needed for an operation; none where no token is. */
    Set<Role> roles(String operation) {
        return operation(operation)
                .path("security")
                .valueStream()
                .flatMap(way -> way.has("userToken")
                        ? Stream.of(Role.USER)
                        : way.path("staffToken")
                                .valueStream()
                                .map(role -> Role.valueOf(role.asString().toUpperCase(Locale.ROOT))))
                .collect(Collectors.toSet());
    }

    /** Every code that an answer is said to have. */
    Set<Integer> codes() {
        return tree.at("/components/responses").propertyNames().stream()
                .flatMap(name -> Stream.of(name.split("-")))
                .map(Integer::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whatever has a schema and examples beside it: media types, parameters, headers. */
    private static Stream<JsonNode> examples(JsonNode node) {
        Stream<JsonNode> below = node.valueStream().flatMap(CommittedDocument::examples);
        return node.isObject() && node.has("schema") ? Stream.concat(Stream.of(node), below) : below;
    }

    private Stream<String> wrong(JsonNode holder) {
        ObjectNode schema = JsonMapper.shared().createObjectNode();
        schema.putArray("allOf").add(holder.path("schema"));
        schema.set("components", tree.path("components"));
        Schema judge = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
        return Stream.concat(
                        Stream.of(holder.path("example")),
                        holder.path("examples").valueStream().map(named -> named.path("value")))
                .filter(example -> !example.isMissingNode())
                .flatMap(example -> judge.validate(example).stream().map(error -> error + " in " + example));
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = CommittedDocument.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
