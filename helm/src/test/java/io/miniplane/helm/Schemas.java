package io.miniplane.helm;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What one version of Kubernetes, the Prometheus operator and Miniplane itself take. */
final class Schemas {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final Map<String, Schema> byKind = new HashMap<>();

    private Schemas() {}

    /** @param version as in the names of the committed files, for example 1.29 */
    static Schemas of(String version) {
        var schemas = new Schemas();
        schemas.add(resource("kubernetes-" + version + ".json"));
        schemas.add(resource("prometheus-operator.json"));
        ObjectNode own = JsonMapper.shared().createObjectNode();
        try {
            Distillation.customResource(
                    new YAMLMapper().readTree(Files.readString(Chart.COMMITTED.resolve("files/crd.yaml"))), own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        schemas.add(own);
        return schemas;
    }

    /** What is wrong with objects, a line for each. */
    List<String> complaints(Rendering rendering) {
        var complaints = new ArrayList<String>();
        for (JsonNode object : rendering.objects()) {
            String kind = object.path("apiVersion").asString() + " "
                    + object.path("kind").asString();
            String name = kind + " " + object.at("/metadata/name").asString() + ": ";
            Schema schema = byKind.get(kind);
            if (schema == null) {
                complaints.add(name + "of a kind that is not known");
            } else {
                schema.validate(object).forEach(error -> complaints.add(name + error));
            }
        }
        return complaints;
    }

    private void add(JsonNode file) {
        for (Map.Entry<String, JsonNode> entry : file.properties()) {
            if (!entry.getKey().equals("definitions")) {
                ObjectNode schema = (ObjectNode) entry.getValue().deepCopy();
                if (file.has("definitions")) {
                    schema.set("definitions", file.path("definitions"));
                }
                byKind.put(entry.getKey(), REGISTRY.getSchema(schema));
            }
        }
    }

    private static JsonNode resource(String name) {
        try (InputStream file = Objects.requireNonNull(Schemas.class.getResourceAsStream("/schemas/" + name), name)) {
            return JsonMapper.shared().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
