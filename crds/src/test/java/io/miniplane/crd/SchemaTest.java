package io.miniplane.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaTest {

    @Test
    void everyFieldIsDescribed() {
        assertThat(undescribed(Definition.schema())).isEmpty();
    }

    @Test
    void aFieldWithoutDescriptionWouldBeNoticed() {
        JsonNode schema = Definition.schema();
        ((ObjectNode) schema.at("/properties/spec/properties/features/additionalProperties/properties/percentage"))
                .remove("description");
        assertThat(undescribed(schema)).containsExactly("spec.features.*.percentage");
    }

    @Test
    void everyRuleSaysWhatToChange() {
        assertThat(rules())
                .hasSizeGreaterThan(60)
                .allSatisfy(rule -> assertThat(rule.path("message").asText()).matches("[a-zA-Z].{20,}[^.]"));
    }

    @Test
    void everyPatternOfAFieldComesWithARule() {
        assertThat(Definition.fields(Definition.schema()))
                .filteredOn(field -> field.schema().has("pattern"))
                .hasSizeGreaterThan(30)
                .allSatisfy(field -> assertThat(field.schema().has("x-kubernetes-validations"))
                        .as(field.path())
                        .isTrue());
    }

    @Test
    void everyTextAndListAndMapOfTheSpecHasAnEnd() {
        assertThat(Definition.fields(Definition.schema().at("/properties/spec")))
                .filteredOn(field -> SchemaTest.isOpenEnded(field.schema()))
                .extracting(Definition.Field::path)
                .isEmpty();
    }

    private static boolean isOpenEnded(JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "string" -> !schema.has("enum") && !schema.has("maxLength");
            case "array" -> !schema.has("maxItems");
            case "object" -> schema.has("additionalProperties") && !schema.has("maxProperties");
            default -> false;
        };
    }

    private static List<String> undescribed(JsonNode schema) {
        return Definition.fields(schema).stream()
                .filter(field -> field.schema().path("description").asText().isBlank())
                .map(Definition.Field::path)
                .toList();
    }

    private static List<JsonNode> rules() {
        return Definition.schema().findValues("x-kubernetes-validations").stream()
                .flatMap(JsonNode::valueStream)
                .toList();
    }
}
