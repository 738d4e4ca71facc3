package io.miniplane.server.order;

import io.miniplane.server.platform.Fen;
import io.miniplane.server.platform.security.UserId;
import java.util.List;

/** What happened to an order. {@link OrderEvents} turns it into what the outbox carries, and back. */
public sealed interface OrderEvent {

    /** To which order. */
    OrderId order();

    /** Whose order that is. */
    UserId user();

    /**
     * An order was accepted; whether the goods are there is to be found out.
     *
     * @param lines what was ordered, no product twice
     */
    record Created(OrderId order, UserId user, List<OrderedLine> lines) implements OrderEvent {

        /** Keeps the lines as they are now. */
        public Created {
            lines = List.copyOf(lines);
        }
    }

    /**
     * The goods are kept for the order, and it can be paid.
     *
     * @param total what it costs
     */
    record Confirmed(OrderId order, UserId user, Fen total) implements OrderEvent {}

    /**
     * The order ended before anything was shipped.
     *
     * @param reason why
     * @param refundDue what was paid and has to be paid back
     */
    record Cancelled(OrderId order, UserId user, CancelReason reason, Fen refundDue) implements OrderEvent {}

    /**
     * The order was paid.
     *
     * @param total what was paid, all that it costs
     * @param transactionId WeChat Pay's number of the payment
     */
    record Paid(OrderId order, UserId user, Fen total, String transactionId) implements OrderEvent {}

    /**
     * The goods are on their way.
     *
     * @param by how they travel
     */
    record Shipped(OrderId order, UserId user, ShippedBy by) implements OrderEvent {}

    /** The buyer has the goods. */
    record Completed(OrderId order, UserId user) implements OrderEvent {}

    /**
     * Money was paid back, some of it or all.
     *
     * @param amount how much this time
     */
    record Refunded(OrderId order, UserId user, Fen amount) implements OrderEvent {}
}
