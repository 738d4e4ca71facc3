package io.miniplane.server.inventory;

import java.util.UUID;

/**
 * Names a product.
 *
 * @param value a UUID of version 7
 */
public record ProductId(UUID value) implements Comparable<ProductId> {

    @Override
    public int compareTo(ProductId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
