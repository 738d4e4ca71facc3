package io.miniplane.server.gateway.web;

import io.miniplane.server.gateway.application.ContainerEvent;
import io.miniplane.server.gateway.domain.EventTypes;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.Reason;
import io.miniplane.server.platform.events.DomainEvent;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as the container sent it, a CloudEvent in binary or structured mode.
 *
 * @param id the container's own, or one that was made where it gave none
 * @param event what is kept
 */
record EventReading(String id, ContainerEvent event) {

    /** Bytes of a body: data of 64 KiB, and the attributes beside it in structured mode. */
    static final int LARGEST = 96 * 1024;

    private static final int LARGEST_DATA = 64 * 1024;
    private static final int LONGEST = 256;
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch";
    private static final String ATTRIBUTE = "ce-";
    private static final ErrorCode BAD_REQUEST = new ErrorCode(40000);
    private static final ErrorCode FORBIDDEN = new ErrorCode(40310);
    private static final ErrorCode UNSUPPORTED = new ErrorCode(41500);
    private static final ErrorCode BODY_TOO_LARGE = new ErrorCode(41300);

    /** Numbers stay as they were written. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /**
     * Reads it.
     *
     * @throws Failure when it is no event, or of a type that is not the container's to publish
     */
    static EventReading of(HttpHeaders headers, ByteBuffer body) {
        String type = String.valueOf(headers.getFirst(HttpHeaders.CONTENT_TYPE)).toLowerCase(Locale.ROOT);
        if (type.startsWith(BATCH)) {
            throw new Failure(UNSUPPORTED);
        }
        return type.startsWith(STRUCTURED) ? of(object(body)) : of(binary(headers, type, body));
    }

    private static EventReading of(ObjectNode event) {
        if (!"1.0".equals(text(event, "specversion", "1.0"))) {
            throw wrong("specversion");
        }
        if (event.has("data_base64")
                || !text(event, "datacontenttype", "application/json").contains("json")) {
            throw new Failure(UNSUPPORTED);
        }
        if (event.path("data").toString().getBytes(StandardCharsets.UTF_8).length > LARGEST_DATA) {
            throw new Failure(BODY_TOO_LARGE, "64 KiB");
        }
        String type = text(event, "type", "");
        if (!EventTypes.isType(type)) {
            throw new Failure(BAD_REQUEST, Reason.of("not-an-event-type"));
        }
        if (EventTypes.isReserved(type)) {
            throw new Failure(FORBIDDEN, Reason.of("event-of-server", type.substring(0, type.indexOf('.'))));
        }
        String id = text(event, "id", DomainEvent.newId().toString());
        String source = text(event, "source", "/container");
        Instant time = time(event);
        event.put("specversion", "1.0").put("id", id).put("source", source).put("time", time.toString());
        UUID key = key(source + "\n" + id);
        String subject = text(event, "subject", key.toString());
        attributesAreShort(event);
        return new EventReading(id, new ContainerEvent(key, hash(subject), type, time, event.toString()));
    }

    private static ObjectNode binary(HttpHeaders headers, String type, ByteBuffer body) {
        if (!type.contains("json")) {
            throw new Failure(UNSUPPORTED);
        }
        ObjectNode event = JSON.createObjectNode();
        headers.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(ATTRIBUTE)) {
                if (values.size() > 1) {
                    throw wrong(lower);
                }
                event.put(lower.substring(ATTRIBUTE.length()), decoded(lower, values.getFirst()));
            }
        });
        event.set("data", json(body));
        return event;
    }

    private static String decoded(String name, String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw wrong(name);
        }
    }

    private static void attributesAreShort(ObjectNode event) {
        event.properties().forEach(attribute -> {
            boolean isAttribute = !attribute.getKey().equals("data");
            boolean isNamed = attribute.getKey().matches("[a-z0-9]{1,20}");
            if (isAttribute && (!isNamed || !attribute.getValue().isValueNode() || isLong(attribute.getValue()))) {
                throw wrong(attribute.getKey().length() > LONGEST ? "" : attribute.getKey());
            }
        });
    }

    private static boolean isLong(JsonNode value) {
        return value.asString("").length() > LONGEST;
    }

    private static Instant time(ObjectNode event) {
        String time = text(event, "time", "");
        try {
            return time.isEmpty() ? Instant.now() : OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeParseException malformed) {
            throw wrong("time");
        }
    }

    private static String text(ObjectNode event, String name, String otherwise) {
        JsonNode value = event.path(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isString() || value.asString().isBlank() || value.asString().length() > LONGEST) {
            throw wrong(name);
        }
        return value.asString();
    }

    private static ObjectNode object(ByteBuffer body) {
        if (json(body) instanceof ObjectNode object) {
            return object;
        }
        throw new Failure(BAD_REQUEST, Reason.of("empty-body"));
    }

    private static JsonNode json(ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        try {
            @Nullable JsonNode read = JSON.readTree(bytes);
            return read == null ? JSON.missingNode() : read;
        } catch (JacksonException malformed) {
            throw new Failure(BAD_REQUEST, Reason.of("malformed-json"));
        }
    }

    private static Failure wrong(String attribute) {
        return new Failure(BAD_REQUEST, Reason.of("wrong-event-attribute", attribute));
    }

    /** A UUID of version 8 (RFC 9562). */
    private static UUID key(String text) {
        ByteBuffer digest = ByteBuffer.wrap(sha256(text));
        long most = (digest.getLong() & ~0xF000L) | 0x8000L;
        long least = (digest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }

    private static String hash(String subject) {
        return HexFormat.of().formatHex(sha256(subject), 0, 16);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
