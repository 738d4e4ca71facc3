package io.miniplane.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {

    private static final Path RELEASED = Path.of("released");
    private static final String SPEC = "/spec/versions/0/schema/openAPIV3Schema/properties/spec";

    @Test
    void whatWasMadeForTheLastReleaseStillWorks() {
        assertThat(Compatibility.breaks(lastReleased(), now())).isEmpty();
    }

    /** Place in the schema of spec, or in the definition where it begins with a slash; what stands there then, or nothing; what is said. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /spec/scope                                                  | "Cluster"       | definition: scope was "Namespaced" and is "Cluster"
            /spec/names/kind                                             | "Backend"       | names: kind was "MiniProgramBackend" and is "Backend"
            /spec/names/shortNames                                       | ["backend"]     | names: shortNames lost mpb
            /spec/names/categories                                       | ["all"]         | names: categories lost miniplane
            /spec/versions/0/name                                        | "v1"            | v1alpha1: the version is no longer served
            /spec/versions/0/served                                      | false           | v1alpha1: the version is no longer served
            /spec/versions/0/subresources/scale/specReplicasPath         | ".spec.pods"    | v1alpha1: the subresource scale is gone or another
            properties/upstream                                          |                 | spec.upstream: the field is gone
            properties/appId/type                                        | "integer"       | spec.appId: type was "string" and is "integer"
            properties/appId/pattern                                     | "^wx"           | spec.appId: pattern was "^wx[0-9a-f]{16}$" and is "^wx"
            properties/paused/enum                                       | [false]         | spec.paused: only some values are allowed now
            properties/environment/enum                                  | ["dev", "prod"] | spec.environment: the value staging is gone
            properties/environment/default                               | "dev"           | spec.environment: the default is gone or another
            properties/environment/default                               |                 | spec.environment: the default is gone or another
            properties/api/default/replicas/min                          | 3               | spec.api: the default is gone or another
            properties/alerts/properties/queueBacklog/maximum            | 10              | spec.alerts.queueBacklog: maximum was lowered
            properties/alerts/properties/queueBacklog/minimum            | 10              | spec.alerts.queueBacklog: minimum was raised
            properties/appId/maxLength                                   | 17              | spec.appId: maxLength was lowered
            properties/appId/minLength                                   | 1               | spec.appId: minLength was raised
            properties/paused/maximum                                    | 1               | spec.paused: maximum was lowered
            properties/api/properties/tiers/maxItems                     | 9               | spec.api.tiers: maxItems was lowered
            properties/api/properties/tiers/minItems                     | 2               | spec.api.tiers: minItems was raised
            properties/features/maxProperties                            | 99              | spec.features: maxProperties was lowered
            properties/api/properties/tiers/items/properties/minReplicas |                 | spec.api.tiers[].minReplicas: the field is gone
            properties/api/properties/tiers/items                        |                 | spec.api.tiers[]: what may stand here is gone or another
            properties/features/additionalProperties/properties/enabled  |                 | spec.features.*.enabled: the field is gone
            properties/features/additionalProperties                     | true            | spec.features.*: what may stand here is gone or another
            properties/api/properties/tiers/x-kubernetes-list-type       | "set"           | spec.api.tiers: x-kubernetes-list-type was  and is "set"
            required                                                     | ["appId", "wechat", "database", "upstream"] | spec.upstream: the field is required now
            properties/messaging/x-kubernetes-validations                | [{"rule": "false"}] | spec.messaging: a rule is new: false
            """)
    void whatBreaksIsFound(String place, String value, String said) {
        assertThat(Compatibility.breaks(now(), changed(place, value))).contains(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /spec/names/shortNames                            | ["mpb", "backend"]
            properties/future                                 | {"type": "string"}
            properties/appId/pattern                          |
            properties/environment/enum                       | ["dev", "staging", "prod", "trial"]
            properties/environment/enum                       |
            properties/alerts/properties/queueBacklog/maximum | 100000000
            properties/alerts/properties/queueBacklog/minimum |
            properties/alerts/properties/queueBacklog/type    | "number"
            properties/api/default/future                     | 1
            properties/appId/description                      | "Other words."
            required                                          | ["appId", "wechat", "database", "environment"]
            """)
    void whatOnlyAllowsMoreIsNone(String place, String value) {
        assertThat(Compatibility.breaks(now(), changed(place, value))).isEmpty();
    }

    @Test
    void aPlaceThatOpensUpIsNotClosedAgain() {
        var open = changed("properties/upstream/x-kubernetes-preserve-unknown-fields", "true");
        assertThat(Compatibility.breaks(open, now()))
                .containsExactly("spec.upstream: x-kubernetes-preserve-unknown-fields is gone");
    }

    private static JsonNode lastReleased() {
        try (var files = Files.list(RELEASED)) {
            return read(Files.readString(
                    files.max(Comparator.comparing(CompatibilityTest::version)).orElseThrow()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Version version(Path file) {
        return Version.parse(file.getFileName().toString().replaceFirst("\\.yml$", ""));
    }

    private static JsonNode now() {
        return read(Definition.text());
    }

    private static JsonNode changed(String place, String value) {
        JsonNode definition = now();
        String path = place.startsWith("/") ? place : SPEC + "/" + place;
        int last = path.lastIndexOf('/');
        JsonNode parent = definition.at(path.substring(0, last));
        assertThat(parent.isContainerNode()).as(path).isTrue();
        if (value == null) {
            assertThat(((ObjectNode) parent).remove(path.substring(last + 1)))
                    .as(path)
                    .isNotNull();
        } else if (parent instanceof ArrayNode list) {
            list.set(Integer.parseInt(path.substring(last + 1)), read(value));
        } else {
            ((ObjectNode) parent).set(path.substring(last + 1), read(value));
        }
        return definition;
    }

    private static JsonNode read(String yaml) {
        try {
            return Definition.YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }
}
