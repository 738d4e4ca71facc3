package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.domain.PushTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads a push in JSON token by token, so that numbers stay as they were written. */
final class JsonPush {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonPush() {}

    static PushTree read(String json) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            PushTree tree = fields(parser, 1);
            if (parser.nextToken() != null) {
                throw ReadPushBodies.malformed();
            }
            return tree;
        } catch (JacksonException notJson) {
            throw ReadPushBodies.malformed();
        }
    }

    private static PushTree fields(JsonParser parser, int depth) {
        if (depth > ReadPushBodies.DEEPEST) {
            throw ReadPushBodies.malformed();
        }
        Map<String, Object> fields = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (fields.put(name, value(parser, depth)) != null) {
                throw ReadPushBodies.malformed();
            }
        }
        return new PushTree(fields);
    }

    private static Object value(JsonParser parser, int depth) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> fields(parser, depth + 1);
            case START_ARRAY -> list(parser, depth + 1);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL ->
                new PushTree.Literal(parser.getString());
            case null, default -> throw ReadPushBodies.malformed();
        };
    }

    private static List<Object> list(JsonParser parser, int depth) {
        if (depth > ReadPushBodies.DEEPEST) {
            throw ReadPushBodies.malformed();
        }
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser, depth));
        }
        return List.copyOf(list);
    }
}
