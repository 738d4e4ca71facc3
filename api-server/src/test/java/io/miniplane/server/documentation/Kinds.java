package io.miniplane.server.documentation;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests and answers of several kinds, told apart by a property that Jackson reads before the others. */
final class Kinds {

    private Kinds() {}

    /** One of the kinds, with the property that says which. */
    static @Nullable CustomDefinition choice(ResolvedType type, SchemaGenerationContext context) {
        JsonSubTypes kinds = type.getErasedType().getAnnotation(JsonSubTypes.class);
        if (kinds == null) {
            return null;
        }
        ObjectNode choice = JsonMapper.shared().createObjectNode();
        ArrayNode alternatives = choice.putArray("oneOf");
        for (JsonSubTypes.Type kind : kinds.value()) {
            alternatives.add(
                    context.createDefinitionReference(context.getTypeContext().resolve(kind.value())));
        }
        String property = type.getErasedType().getAnnotation(JsonTypeInfo.class).property();
        ObjectNode mapping =
                choice.putObject("discriminator").put("propertyName", property).putObject("mapping");
        Arrays.stream(kinds.value())
                .forEach(kind -> mapping.put(kind.name(), "#/components/schemas/" + Schemas.name(kind.value())));
        return new CustomDefinition(
                choice, CustomDefinition.DefinitionType.ALWAYS_REF, CustomDefinition.AttributeInclusion.NO);
    }

    /** Adds to one kind the property that says that it is this one. */
    static void tell(Class<?> type, ObjectNode schema) {
        for (Class<?> choice : type.getInterfaces()) {
            JsonSubTypes kinds = choice.getAnnotation(JsonSubTypes.class);
            if (kinds != null) {
                String property = choice.getAnnotation(JsonTypeInfo.class).property();
                Arrays.stream(kinds.value())
                        .filter(kind -> kind.value().equals(type))
                        .forEach(kind -> tell(property, kind.name(), schema));
            }
        }
    }

    private static void tell(String property, String name, ObjectNode schema) {
        ObjectNode properties = JsonMapper.shared().createObjectNode();
        properties.putObject(property).put("const", name);
        properties.setAll((ObjectNode) schema.path("properties"));
        schema.set("properties", properties);
        schema.withArray("required").add(property);
    }
}
