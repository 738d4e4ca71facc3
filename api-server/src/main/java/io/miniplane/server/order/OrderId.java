package io.miniplane.server.order;

import java.util.UUID;

/**
 * Identifies an order.
 *
 * @param value a UUID of version 7, so that later orders have greater ids
 */
public record OrderId(UUID value) {

    /**
     * The id of a text.
     *
     * @throws IllegalArgumentException when the text is no UUID
     */
    public static OrderId parse(String text) {
        return new OrderId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
