package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.WechatFailure;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the fields of answers; what has to be there and is not makes an answer {@link WechatFailure.Unintelligible}. */
final class Answers {

    private Answers() {}

    /** A text, or a number as its digits, that has to be there. */
    static String text(JsonNode reply, String field) {
        String value = reply.path(field).asString("");
        if (value.isEmpty()) {
            throw missing(field);
        }
        return value;
    }

    /** A text that may be absent. */
    static @Nullable String optionalText(JsonNode reply, String field) {
        String value = reply.path(field).asString("");
        return value.isEmpty() ? null : value;
    }

    /** A whole number, or a text of its digits, that has to be there. */
    static long number(JsonNode reply, String field) {
        return reply.path(field).asLongOpt().orElseThrow(() -> missing(field));
    }

    /** A truth value that has to be there. */
    static boolean flag(JsonNode reply, String field) {
        return reply.path(field).asBooleanOpt().orElseThrow(() -> missing(field));
    }

    /** A moment in Unix seconds; null where it is absent or 0. */
    static @Nullable Instant optionalMoment(JsonNode reply, String field) {
        long seconds = reply.path(field).asLong(0);
        return seconds == 0 ? null : Instant.ofEpochSecond(seconds);
    }

    /** A list that has to be there. */
    static <T> List<T> list(JsonNode reply, String field, Function<JsonNode, T> reader) {
        JsonNode list = reply.path(field);
        if (!list.isArray()) {
            throw missing(field);
        }
        return list.valueStream().map(reader).toList();
    }

    /** A field that has to be an object. */
    static JsonNode object(JsonNode reply, String field) {
        JsonNode value = reply.path(field);
        if (!value.isObject()) {
            throw missing(field);
        }
        return value;
    }

    static WechatFailure missing(String field) {
        return new WechatFailure.Unintelligible("WeChat's answer has no right " + field);
    }
}
