package io.miniplane.simulator.pay;

import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The fields of a body; a wrong one is refused with its place. */
record Fields(JsonNode body, String place) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    /** The body of a call, which must be a JSON object. */
    static Fields of(Call call) {
        try {
            JsonNode body = Json.parse(call.body());
            if (body.isObject()) {
                return new Fields(body, "");
            }
        } catch (JacksonException malformed) {
            // Falls through to the same refusal as a body that is JSON but no object.
        }
        throw new PayRefusal(PayCode.PARAM_ERROR, "The body is no JSON object");
    }

    /** An object in the body; an absent one has no fields. */
    Fields within(String name) {
        return new Fields(body.path(name), place + "/" + name);
    }

    boolean has(String name) {
        return body.hasNonNull(name);
    }

    /** A text that must be there. */
    String text(String name, int longest) {
        String value = optional(name, longest);
        if (value.isEmpty()) {
            throw wrong(name, "is missing");
        }
        return value;
    }

    /** A text that must be there and look so. */
    String text(String name, Pattern shape) {
        String value = text(name, Integer.MAX_VALUE);
        if (!shape.matcher(value).matches()) {
            throw wrong(name, "does not match " + shape.pattern());
        }
        return value;
    }

    /** A text, empty when it is absent. */
    String optional(String name, int longest) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isString()) {
            throw wrong(name, "is no text");
        }
        String text = value.stringValue();
        if (text.codePointCount(0, text.length()) > longest) {
            throw wrong(name, "is longer than " + longest);
        }
        return text;
    }

    /** An amount of at least 1 fen. */
    long fen(String name) {
        JsonNode value = body.path(name);
        if (!value.isIntegralNumber() || value.longValue() < 1) {
            throw wrong(name, "is no whole number of fen from 1");
        }
        return value.longValue();
    }

    /** A time with its offset, when it is there. */
    Optional<Instant> time(String name) {
        String text = optional(name, Integer.MAX_VALUE);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException malformed) {
            throw wrong(name, "is no time like 2026-01-01T08:00:00+08:00");
        }
    }

    /**
     * Where notifications go: an address without query, by https. Plain http is taken where WeChat would not, when it
     * does not leave the machine.
     */
    Optional<URI> callback(String name, int longest) {
        String text = optional(name, longest);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI address = new URI(text);
            boolean local = "http".equals(address.getScheme()) && LOOPBACK.contains(address.getHost());
            if (address.getHost() != null
                    && address.getRawQuery() == null
                    && (local || "https".equals(address.getScheme()))) {
                return Optional.of(address);
            }
        } catch (URISyntaxException malformed) {
            // Falls through to the same refusal as an address of another kind.
        }
        throw wrong(name, "is no https address without query");
    }

    PayRefusal wrong(String name, String issue) {
        String field = place + "/" + name;
        return new PayRefusal(
                PayCode.PARAM_ERROR,
                field + " " + issue,
                Json.object().put("field", field).put("location", "body").put("issue", issue));
    }
}
