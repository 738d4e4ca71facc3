package io.miniplane.server.platform.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads a moment as RFC 3339 writes it and as the document of the API says, and not the seconds and the short forms that Jackson takes as well. */
final class MomentDeserializer extends StdScalarDeserializer<Instant> {

    MomentDeserializer() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (Instant) context.handleUnexpectedToken(getValueType(context), parser);
        }
        String text = parser.getString();
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            return (Instant) context.handleWeirdStringValue(Instant.class, text, "it is no moment of RFC 3339");
        }
    }
}
