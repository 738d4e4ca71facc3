package io.miniplane.simulator.pay;

import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with one notification.
 *
 * @param fault what, or null for nothing
 * @param deliveries how many of its first deliveries, or how many duplicates or pauses
 */
record Disturbance(@Nullable NoticeFault fault, int deliveries) {

    static final Disturbance NONE = new Disturbance(null, 0);

    /** What is wrong with one delivery, counted from 1. */
    @Nullable
    NoticeFault of(int delivery) {
        return delivery <= deliveries ? fault : null;
    }

    int times(NoticeFault kind) {
        return fault == kind ? deliveries : 0;
    }
}
