package io.miniplane.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.miniplane.crd.v1alpha1.BackendManifest;
import io.miniplane.crd.v1alpha1.Environment;
import io.miniplane.crd.v1alpha1.Messaging;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {

    @ParameterizedTest
    @MethodSource("io.miniplane.crd.Examples#documents")
    void everyExampleIsReadWithoutALeftOver(JsonNode document) throws JsonProcessingException {
        if (document.path("kind").asText().equals("Secret")) {
            assertThat(Definition.YAML.treeToValue(document, Secret.class).getAdditionalProperties())
                    .isEmpty();
        } else {
            assertThat(read(document).getSpec().appId()).startsWith("wx");
        }
    }

    @Test
    void aFieldThatDoesNotExistIsNotSwallowed() {
        var manifest = Examples.minimal();
        ((ObjectNode) manifest.get("spec")).put("appID", "wx0123456789abcdef");
        assertThatThrownBy(() -> read(manifest)).hasMessageContaining("appID");
    }

    @Test
    void togetherTheExamplesShowEveryFieldOfTheSpec() {
        var shown = new HashSet<String>();
        Examples.documents()
                .forEach(document ->
                        collect("", document.path("spec"), Definition.schema().at("/properties/spec"), shown));
        assertThat(Definition.fields(Definition.schema().at("/properties/spec")))
                .extracting(Definition.Field::path)
                .isSubsetOf(shown);
    }

    @Test
    void whatAManifestLeavesOpenIsFilledInFromTheSchema() {
        var spec = read(Examples.minimal()).getSpec();
        assertThat(spec.environment()).isEqualTo(Environment.PROD);
        assertThat(spec.environment().profile()).isEqualTo("prod");
        assertThat(spec.messaging().broker()).isEqualTo(Messaging.Broker.POSTGRES);
        assertThat(spec.api().replicas().max()).isEqualTo(20);
        assertThat(spec.api().tiers()).extracting("minReplicas").containsExactly(2, 4, 8);
        assertThat(spec.keys().rotateEvery().duration()).isEqualTo(Duration.ofDays(90));
        assertThat(spec.observability().samplingRatioIn(Environment.DEV)).isEqualTo(1);
        assertThat(spec.observability().samplingRatioIn(Environment.PROD)).isEqualTo(0.1);
        assertThat(spec.features()).isEmpty();
    }

    private static MiniProgramBackend read(JsonNode document) {
        return BackendManifest.read(new ByteArrayInputStream(document.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static void collect(String path, JsonNode value, JsonNode schema, Set<String> shown) {
        var isMap = schema.has("additionalProperties");
        value.properties().forEach(entry -> {
            var place = isMap ? path + ".*" : path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            shown.add(place);
            var below = isMap
                    ? schema.get("additionalProperties")
                    : schema.path("properties").path(entry.getKey());
            collect(place, entry.getValue(), below, shown);
        });
        if (value.isArray()) {
            value.forEach(item -> collect(path + "[]", item, schema.path("items"), shown));
        }
    }
}
