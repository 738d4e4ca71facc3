package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Reads a manifest without an API server, as one would: a field that isn't in the schema is an error, and what the
 * manifest leaves open gets the default of the schema. Bounds and rules are not checked.
 */
public final class BackendManifest {

    private static final String DEFINITION = "/META-INF/fabric8/miniprogrambackends.miniplane.io-v1.yml";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .registerModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private BackendManifest() {}

    /** Reads one backend from YAML or JSON; throws {@link UncheckedIOException} that names the field it can't read. */
    public static MiniProgramBackend read(InputStream manifest) {
        try {
            var tree = YAML.readTree(manifest);
            fillIn(tree);
            var backend = new MiniProgramBackend();
            backend.setMetadata(YAML.treeToValue(tree.path("metadata"), ObjectMeta.class));
            backend.setSpec(YAML.treeToValue(tree.path("spec"), MiniProgramBackendSpec.class));
            return backend;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a manifest the defaults of the schema for what it leaves open. */
    static void fillIn(JsonNode manifest) {
        fillIn(manifest, Schema.WHOLE);
    }

    /** Read once, when it is needed first. */
    private static final class Schema {

        static final JsonNode WHOLE = read();

        private static JsonNode read() {
            try (var definition = BackendManifest.class.getResourceAsStream(DEFINITION)) {
                return YAML.readTree(definition).at("/spec/versions/0/schema/openAPIV3Schema");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void fillIn(JsonNode value, JsonNode schema) {
        if (value instanceof ObjectNode object) {
            schema.path("properties")
                    .properties()
                    .forEach(property -> fillIn(object, property.getKey(), property.getValue()));
            object.forEach(entry -> fillIn(entry, schema.path("additionalProperties")));
        } else {
            value.forEach(item -> fillIn(item, schema.path("items")));
        }
    }

    private static void fillIn(ObjectNode object, String field, JsonNode schema) {
        if (object.path(field).isMissingNode() && schema.has("default")) {
            object.set(field, schema.get("default").deepCopy());
        }
        fillIn(object.path(field), schema);
    }
}
