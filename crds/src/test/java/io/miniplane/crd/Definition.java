package io.miniplane.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The definition that this build generated, and its fields one by one. */
final class Definition {

    static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();
    static final String FILE = "miniprogrambackends.miniplane.io-v1.yml";
    static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Definition() {}

    /** A field or the element of a list or map, with its place as the API server names it. */
    record Field(String path, boolean required, JsonNode schema) {}

    static String text() {
        try {
            return Files.readString(Path.of("target/classes/META-INF/fabric8", FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode schema() {
        try {
            return YAML.readTree(text()).at("/spec/versions/0/schema/openAPIV3Schema");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All fields below a schema, parents before their children. */
    static List<Field> fields(JsonNode schema) {
        var fields = new ArrayList<Field>();
        collect("", schema, fields);
        return fields;
    }

    private static void collect(String path, JsonNode schema, List<Field> fields) {
        var required =
                schema.path("required").valueStream().map(JsonNode::asText).toList();
        schema.path("properties").properties().forEach(property -> {
            var place = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            fields.add(new Field(place, required.contains(property.getKey()), property.getValue()));
            collect(place, property.getValue(), fields);
        });
        if (schema.has("items")) {
            collect(path + "[]", schema.get("items"), fields);
        }
        if (schema.path("additionalProperties").isObject()) {
            collect(path + ".*", schema.get("additionalProperties"), fields);
        }
    }
}
