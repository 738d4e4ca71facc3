package io.miniplane.server.order;

/** Why an order was cancelled. */
public enum CancelReason {
    /** The buyer wanted it so. */
    BY_USER,
    /** The goods were not there. */
    OUT_OF_STOCK,
    /** It was not paid in time. */
    UNPAID
}
