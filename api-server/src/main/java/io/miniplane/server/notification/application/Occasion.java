package io.miniplane.server.notification.application;

import io.miniplane.server.order.OrderEvents;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What buyers can be told of. */
public enum Occasion {
    /** The goods are kept, and the order can be paid. */
    CONFIRMED(OrderEvents.CONFIRMED, "amount"),
    /** The order is paid. */
    PAID(OrderEvents.PAID, "amount", "transaction"),
    /** The goods are on their way. */
    SHIPPED(OrderEvents.SHIPPED, "carrier", "tracking"),
    /** The order ended before anything was shipped. */
    CANCELLED(OrderEvents.CANCELLED, "amount", "reason"),
    /** Money was paid back. */
    REFUNDED(OrderEvents.REFUNDED, "amount");

    private static final Set<String> OF_ALL = Set.of("order", "number", "time");

    private final String type;
    private final Set<String> fields;

    Occasion(String type, String... fields) {
        this.type = type;
        this.fields = Set.of(fields);
    }

    /** The type of the events that are this. */
    public String type() {
        return type;
    }

    /** Whether messages of it can name this field. */
    public boolean has(String field) {
        return OF_ALL.contains(field) || fields.contains(field);
    }

    /** The occasion of a type of events; empty where nobody is told of it. */
    public static Optional<Occasion> of(String type) {
        return Arrays.stream(values())
                .filter(occasion -> occasion.type.equals(type))
                .findFirst();
    }
}
