package io.miniplane.server.order.domain;

import io.miniplane.server.order.OrderEvent;

/** What an order makes of an act. */
public sealed interface Decision {

    /** The order as it is then. */
    Order order();

    /**
     * It changes.
     *
     * @param event what others hear of it
     */
    record Changed(Order order, OrderEvent event) implements Decision {}

    /** It remembers something that is nobody else's business. */
    record Noted(Order order) implements Decision {}

    /** It stays as it is: that has happened already, or is of no use any more. */
    record Unchanged(Order order) implements Decision {}
}
