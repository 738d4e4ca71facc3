package io.miniplane.server.platform.events;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as CloudEvents attributes, for the headers of a message; each broker's binding has its own prefix for the names. Our own extensions are
 * {@code schemaversion}, {@code aggregatetype}, {@code aggregateid}, {@code position} and {@code datasealed}.
 */
final class EventAttributes {

    private static final String SPECIFICATION = "1.0";

    private EventAttributes() {}

    /** What the data is written in: sealed data is no text. */
    static String contentType(DomainEvent event) {
        return event.isPersonal() ? "application/octet-stream" : "application/json";
    }

    static Map<String, String> of(OutgoingEvent outgoing, String source) {
        DomainEvent event = outgoing.event();
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("specversion", SPECIFICATION);
        attributes.put("id", event.id().toString());
        attributes.put("source", source);
        attributes.put("type", event.type());
        attributes.put("time", event.time().toString());
        attributes.put("schemaversion", Integer.toString(event.schemaVersion()));
        attributes.put("aggregatetype", event.aggregate().type());
        attributes.put("aggregateid", event.aggregate().id());
        attributes.put("position", Long.toString(outgoing.position()));
        attributes.put("datasealed", Boolean.toString(event.isPersonal()));
        put(attributes, "subject", event.subject());
        put(attributes, "traceparent", event.traceparent());
        return attributes;
    }

    /**
     * Reads them back.
     *
     * @throws UnreadableEventException when they are not ours or broken
     */
    static Delivery read(Map<String, String> attributes, Runnable receipt) {
        if (!SPECIFICATION.equals(attributes.get("specversion"))) {
            throw new UnreadableEventException("not a CloudEvent of version " + SPECIFICATION);
        }
        try {
            DomainEvent event = new DomainEvent(
                    UUID.fromString(required(attributes, "id")),
                    required(attributes, "type"),
                    Integer.parseInt(required(attributes, "schemaversion")),
                    new DomainEvent.Aggregate(
                            required(attributes, "aggregatetype"), required(attributes, "aggregateid")),
                    attributes.get("subject"),
                    "",
                    Boolean.parseBoolean(attributes.get("datasealed")),
                    attributes.get("traceparent"),
                    Instant.parse(required(attributes, "time")));
            return new Delivery(Long.parseLong(required(attributes, "position")), event, receipt);
        } catch (IllegalArgumentException | DateTimeParseException malformed) {
            throw new UnreadableEventException("an attribute is malformed", malformed);
        }
    }

    private static String required(Map<String, String> attributes, String name) {
        String value = attributes.get(name);
        if (value == null) {
            throw new UnreadableEventException("it lacks " + name);
        }
        return value;
    }

    private static void put(Map<String, String> attributes, String name, @Nullable String value) {
        if (value != null) {
            attributes.put(name, value);
        }
    }
}
