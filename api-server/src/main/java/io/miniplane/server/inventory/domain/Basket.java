package io.miniplane.server.inventory.domain;

import io.miniplane.server.inventory.Line;
import io.miniplane.server.inventory.ProductId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an order wants, each product once.
 *
 * @param quantities how many of each, one product or more
 */
public record Basket(SortedMap<ProductId, Long> quantities) {

    /** @throws IllegalArgumentException when there is no product */
    public Basket {
        quantities = Collections.unmodifiableSortedMap(new TreeMap<>(quantities));
        if (quantities.isEmpty()) {
            throw new IllegalArgumentException("An order has at least one line");
        }
    }

    /**
     * The lines of an order; those of the same product are added up.
     *
     * @throws IllegalArgumentException when there is no line
     */
    public static Basket of(List<Line> lines) {
        SortedMap<ProductId, Long> quantities = new TreeMap<>();
        lines.forEach(line -> quantities.merge(line.product(), (long) line.quantity(), Long::sum));
        return new Basket(quantities);
    }

    /** What is wanted. */
    public Set<ProductId> products() {
        return quantities.keySet();
    }

    /** Whether all of these are wanted. */
    public boolean has(Set<ProductId> products) {
        return products().containsAll(products);
    }

    /** The quantities by product. */
    public Set<Map.Entry<ProductId, Long>> entries() {
        return quantities.entrySet();
    }
}
