package io.miniplane.simulator.http;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the JSON of the simulator. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** What WeChat answers on success, to which more can be added. */
    public static ObjectNode ok() {
        return object().put("errcode", 0).put("errmsg", "ok");
    }

    /** The value as a JSON tree. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** The text as a JSON tree; throws {@link JacksonException} when it is none. */
    public static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    /** The text as a value of this type; throws {@link JacksonException} when it does not fit. */
    public static <T> T parse(String text, Class<T> type) {
        return MAPPER.readValue(text, type);
    }
}
