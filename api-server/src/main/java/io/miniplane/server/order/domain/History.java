package io.miniplane.server.order.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to an order so far.
 *
 * @param createdAt when it was made
 * @param confirmedAt since when the goods are kept for it, or null
 * @param payment its payment, be it too late, or null
 * @param dispatch how and when the goods were sent off, or null
 * @param completedAt since when the buyer has the goods, or null
 * @param cancellation its end, or null
 * @param refunds what was paid back
 */
public record History(
        Instant createdAt,
        @Nullable Instant confirmedAt,
        @Nullable Payment payment,
        @Nullable Dispatch dispatch,
        @Nullable Instant completedAt,
        @Nullable Cancellation cancellation,
        Refunds refunds) {

    static History from(Instant createdAt) {
        return new History(createdAt, null, null, null, null, null, Refunds.NONE);
    }

    History confirmed(Instant at) {
        return new History(createdAt, at, payment, dispatch, completedAt, cancellation, refunds);
    }

    History paid(Payment paid) {
        return new History(createdAt, confirmedAt, paid, dispatch, completedAt, cancellation, refunds);
    }

    History shipped(Dispatch shipped) {
        return new History(createdAt, confirmedAt, payment, shipped, completedAt, cancellation, refunds);
    }

    History completed(Instant at) {
        return new History(createdAt, confirmedAt, payment, dispatch, at, cancellation, refunds);
    }

    History cancelled(Cancellation end) {
        return new History(createdAt, confirmedAt, payment, dispatch, completedAt, end, refunds);
    }

    History refunded(Refunds all) {
        return new History(createdAt, confirmedAt, payment, dispatch, completedAt, cancellation, all);
    }
}
