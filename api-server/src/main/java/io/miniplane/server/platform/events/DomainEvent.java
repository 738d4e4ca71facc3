package io.miniplane.server.platform.events;

import com.fasterxml.uuid.Generators;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, with the attributes of CloudEvents 1.0.
 *
 * @param id a UUIDv7; whoever handles an event twice knows it by this
 * @param type what happened, such as {@code order.paid}
 * @param schemaVersion which shape the data has, from 1
 * @param aggregate what it happened to; events of one aggregate are handled in the order they were written in
 * @param subject what a reader would call it, never personal data; or null
 * @param data JSON text
 * @param isPersonal whether the data says anything about a person: it is kept encrypted then
 * @param traceparent the W3C trace context in which it happened, or null
 * @param time when it happened
 */
public record DomainEvent(
        UUID id,
        String type,
        int schemaVersion,
        Aggregate aggregate,
        @Nullable String subject,
        String data,
        boolean isPersonal,
        @Nullable String traceparent,
        Instant time) {

    /** An event of now, outside any trace, with nothing personal in its data. */
    public static DomainEvent of(String type, Aggregate aggregate, String data) {
        return new DomainEvent(newId(), type, 1, aggregate, null, data, false, null, Instant.now());
    }

    /** An id for a new event: a UUIDv7. */
    public static UUID newId() {
        return Generators.timeBasedEpochRandomGenerator().generate();
    }

    /** The same event with data that is kept encrypted. */
    public DomainEvent personal() {
        return new DomainEvent(id, type, schemaVersion, aggregate, subject, data, true, traceparent, time);
    }

    /** The same event as part of a trace; null changes nothing. */
    public DomainEvent within(@Nullable String trace) {
        return trace == null
                ? this
                : new DomainEvent(id, type, schemaVersion, aggregate, subject, data, isPersonal, trace, time);
    }

    @Override
    public String toString() {
        return "DomainEvent[" + id + " " + type + "]";
    }

    /**
     * What an event happened to.
     *
     * @param type its kind, such as {@code order}
     * @param id which one, an opaque id and never personal data
     */
    public record Aggregate(String type, String id) {}
}
