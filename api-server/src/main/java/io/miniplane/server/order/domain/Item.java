package io.miniplane.server.order.domain;

import io.miniplane.server.order.OrderedLine;
import io.miniplane.server.platform.Fen;

/**
 * A line of an order, with name and price as they were when it was made.
 *
 * @param line which product, and how many
 * @param name what it was called
 * @param price what one of it cost
 */
public record Item(OrderedLine line, String name, Fen price) {

    /** What all of them cost. */
    public Fen cost() {
        return price.times(line.quantity());
    }
}
