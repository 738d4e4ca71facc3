package io.miniplane.server.documentation;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.TypeScope;
import com.github.victools.jsonschema.generator.impl.DefinitionKey;
import com.github.victools.jsonschema.generator.naming.SchemaDefinitionNamingStrategy;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import io.miniplane.server.platform.MaxCharacters;
import io.miniplane.server.platform.Paging.Page;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of requests and answers: derived from the records that the server reads and writes, with the words of the fragments on them. */
final class Schemas {

    private static final String BASE = "io.miniplane.server.";

    private final ObjectNode words;
    private final Map<String, Class<?>> types = new TreeMap<>();
    private final SchemaBuilder builder;

    /** Takes the words on records, by class name below the base package. */
    Schemas(ObjectNode words) {
        this.words = words;
        this.builder = new SchemaGenerator(configuration().build()).buildMultipleSchemaDefinitions();
    }

    /** A reference to the schema of a record, a list of it, or a page of it. */
    ObjectNode reference(JsonNode className) {
        if (className.isArray()) {
            ObjectNode list = JsonMapper.shared().createObjectNode().put("type", "array");
            return list.set("items", reference(className.path(0)));
        }
        if (className.isObject()) {
            return builder.createSchemaReference(
                    Page.class, type(className.path("page").asString()));
        }
        return builder.createSchemaReference(type(className.asString()));
    }

    /** The example of a record, as the fragments give it, a list of it, or a page of it. */
    JsonNode example(JsonNode className) {
        if (className.isArray()) {
            return JsonMapper.shared().createArrayNode().add(example(className.path(0)));
        }
        if (className.isObject()) {
            ObjectNode page = JsonMapper.shared().createObjectNode();
            page.putArray("items").add(example(className.path("page")));
            return page.put("next", "AZobLHobfD2eDxorPE1ebw");
        }
        return required(words.path(className.asString()), "example", className.asString());
    }

    /** Every schema that was referred to, by name; what has no words is an error. */
    Map<String, ObjectNode> all() {
        Map<String, ObjectNode> all = new TreeMap<>();
        builder.collectDefinitions("components/schemas")
                .propertyStream()
                .forEach(entry -> all.put(entry.getKey(), worded(entry.getKey(), (ObjectNode) entry.getValue())));
        words.propertyNames().stream()
                .filter(className -> !types.containsValue(type(className)))
                .findFirst()
                .ifPresent(className -> {
                    throw new IllegalStateException("No operation uses the schema " + className);
                });
        return all;
    }

    private ObjectNode worded(String name, ObjectNode schema) {
        Class<?> type = Objects.requireNonNull(types.get(name));
        String className = type.getName().substring(BASE.length());
        Kinds.tell(type, schema);
        JsonNode told = words.path(className);
        ObjectNode worded = JsonMapper.shared().createObjectNode();
        worded.set("description", required(told, "description", className));
        worded.setAll(schema);
        told.path("more").propertyStream().forEach(entry -> worded.set(entry.getKey(), entry.getValue()));
        JsonNode fields = told.path("fields");
        schema.path("properties")
                .propertyStream()
                .forEach(field ->
                        word((ObjectNode) field.getValue(), required(fields, field.getKey(), className + ".fields")));
        fields.propertyNames().stream()
                .filter(field -> !schema.path("properties").has(field))
                .findFirst()
                .ifPresent(field -> {
                    throw new IllegalStateException(className + " has no field " + field);
                });
        return worded;
    }

    private static void word(ObjectNode field, JsonNode told) {
        if (told.isString()) {
            field.set("description", told);
        } else {
            field.setAll((ObjectNode) told);
        }
    }

    private static JsonNode required(JsonNode told, String key, String where) {
        if (!told.has(key)) {
            throw new IllegalStateException("src/main/openapi does not say: schemas." + where + "." + key);
        }
        return told.path(key);
    }

    private SchemaGeneratorConfigBuilder configuration() {
        SchemaGeneratorConfigBuilder configuration = new SchemaGeneratorConfigBuilder(
                        JsonMapper.shared(), SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(
                        Option.DEFINITIONS_FOR_ALL_OBJECTS,
                        Option.EXTRA_OPEN_API_FORMAT_VALUES,
                        Option.INLINE_NULLABLE_SCHEMAS,
                        Option.FLATTENED_ENUMS,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
                .without(Option.SCHEMA_VERSION_INDICATOR);
        configuration
                .forFields()
                .withIgnoreCheck(field -> field.getAnnotation(JsonAnySetter.class) != null)
                .withRequiredCheck(field -> !isRequest(field) || !isNullable(field))
                .withNullableCheck(Schemas::isNullable)
                .withStringMaxLengthResolver(Schemas::maxLength)
                .withStringPatternResolver(Schemas::pattern);
        configuration
                .with(new JacksonSchemaModule(
                        JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY,
                        JacksonOption.SKIP_SUBTYPE_LOOKUP,
                        JacksonOption.IGNORE_TYPE_INFO_TRANSFORM))
                .with(new JakartaValidationModule());
        configuration
                .forTypesInGeneral()
                .withPropertySorter(Comparator.comparingInt(field -> 0))
                .withCustomDefinitionProvider(Kinds::choice)
                .withAdditionalPropertiesResolver(Schemas::closed)
                .withDefinitionNamingStrategy(new Names());
        return configuration;
    }

    private static boolean isNullable(FieldScope field) {
        return field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** What a request leaves out may be left out; an answer says null. */
    private static boolean isRequest(FieldScope field) {
        return Stream.<Class<?>>iterate(
                        field.getRawMember().getDeclaringClass(), Objects::nonNull, Class::getEnclosingClass)
                .anyMatch(type -> type.getSimpleName().matches(".*Requests?"));
    }

    private static @Nullable Integer maxLength(FieldScope field) {
        MaxCharacters limit = field.getAnnotation(MaxCharacters.class);
        return limit == null ? null : limit.max();
    }

    /** What the dialect of JSON Schema does not know; a half of a surrogate pair never comes as far as a schema. */
    private static String portable(String expression) {
        return expression
                .replace("(?U)", "")
                .replace("\\p{Cntrl}", "\\x00-\\x1f\\x7f-\\x9f")
                .replace("\\p{Cs}", "");
    }

    /** Java's expressions in the dialect of JSON Schema, which looks for them anywhere. */
    private static @Nullable String pattern(FieldScope field) {
        Pattern pattern = field.getAnnotation(Pattern.class);
        boolean visible = field.getAnnotation(NotBlank.class) != null;
        if (pattern != null) {
            return (visible ? "^(?=.*\\S)(?:" : "^(?:") + portable(pattern.regexp()) + ")$";
        }
        return visible ? "\\S" : null;
    }

    /** A request that collects what it does not know refuses it. */
    private static @Nullable JsonNode closed(TypeScope type, SchemaGenerationContext context) {
        boolean collects = Arrays.stream(type.getType().getErasedType().getDeclaredFields())
                .anyMatch(field -> field.isAnnotationPresent(JsonAnySetter.class));
        return collects ? BooleanNode.FALSE : null;
    }

    private static Class<?> type(String className) {
        try {
            return Class.forName(BASE + className);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("src/main/openapi names a class that is not there: " + className, e);
        }
    }

    /** The name of the schema of a record. */
    static String name(Class<?> type) {
        String outer =
                type.getEnclosingClass() == null ? "" : type.getEnclosingClass().getSimpleName();
        return (type.getSimpleName() + outer).replaceFirst("(?<=.)Body$", "");
    }

    /** The names of the classes, without the word that says that they are bodies. */
    private final class Names implements SchemaDefinitionNamingStrategy {

        private String nameOf(Class<?> type) {
            return words.path(type.getName().substring(BASE.length()))
                    .path("name")
                    .asString(name(type));
        }

        @Override
        public String getDefinitionNameForKey(DefinitionKey key, SchemaGenerationContext context) {
            Class<?> type = key.getType().getErasedType();
            String name = type.equals(Page.class)
                    ? nameOf(key.getType().getTypeParameters().getFirst().getErasedType()) + "Page"
                    : nameOf(type);
            Class<?> other = types.putIfAbsent(name, type);
            if (other != null && !other.equals(type)) {
                throw new IllegalStateException("Two schemas would have one name: " + type + " and " + other);
            }
            return name;
        }
    }
}
