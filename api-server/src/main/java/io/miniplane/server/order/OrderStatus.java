package io.miniplane.server.order;

/** How far an order has come. */
public enum OrderStatus {
    /** It is accepted; whether the goods are there is not known yet. */
    CREATED,
    /** The goods are kept for it, and it can be paid. */
    CONFIRMED,
    /** It is paid, and the goods are sold. */
    PAID,
    /** The goods are on their way; it cannot be cancelled any more. */
    SHIPPED,
    /** The buyer has the goods. */
    COMPLETED,
    /** It ended before anything was shipped; what was paid is paid back. */
    CANCELLED,
    /** All that was paid is paid back. */
    REFUNDED
}
