package io.miniplane.server.notification.application;

import io.miniplane.server.order.OrderEvents;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What buyers can be told of. */
public enum Occasion {
    /** The goods are kept, and the order can be paid. */
    CONFIRMED(OrderEvents.CONFIRMED),
    /** The order is paid. */
    PAID(OrderEvents.PAID),
    /** The goods are on their way. */
    SHIPPED(OrderEvents.SHIPPED),
    /** The order ended before anything was shipped. */
    CANCELLED(OrderEvents.CANCELLED),
    /** Money was paid back. */
    REFUNDED(OrderEvents.REFUNDED);

    private static final Set<String> OF_ALL = Set.of("order", "number", "time");

    private final String type;

    Occasion(String type) {
        this.type = type;
    }

    /** The type of the events that are this. */
    public String type() {
        return type;
    }

    /** Whether messages of it can name this field. */
    public boolean has(String field) {
        return OF_ALL.contains(field) || own().contains(field);
    }

    private Set<String> own() {
        return switch (this) {
            case CONFIRMED, REFUNDED -> Set.of("amount");
            case PAID -> Set.of("amount", "transaction");
            case SHIPPED -> Set.of("carrier", "tracking");
            case CANCELLED -> Set.of("amount", "reason");
        };
    }

    /** The occasion of a type of events; empty where nobody is told of it. */
    public static Optional<Occasion> of(String type) {
        return Arrays.stream(values())
                .filter(occasion -> occasion.type.equals(type))
                .findFirst();
    }
}
