package io.miniplane.server.order;

import java.util.UUID;

/**
 * The product that an order names; what it is, the inventory knows.
 *
 * @param value the id that the inventory gave it
 */
public record ProductRef(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
