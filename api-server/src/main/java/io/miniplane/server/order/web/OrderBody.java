package io.miniplane.server.order.web;

import io.miniplane.server.order.CancelReason;
import io.miniplane.server.order.OrderStatus;
import io.miniplane.server.order.ShippedBy;
import io.miniplane.server.order.domain.History;
import io.miniplane.server.order.domain.Item;
import io.miniplane.server.order.domain.Order;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order as its buyer and staff see it; money is in fen, times are UTC in ISO 8601. */
record OrderBody(
        UUID id,
        UUID userId,
        OrderStatus status,
        long version,
        long total,
        List<Line> items,
        Instant createdAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant paidAt,
        @Nullable Shipment shipment,
        @Nullable Instant completedAt,
        @Nullable Cancellation cancellation,
        long refunded) {

    static OrderBody of(Order order) {
        History history = order.history();
        return new OrderBody(
                order.id().value(),
                order.user().value(),
                order.status(),
                order.version(),
                order.total().amount(),
                order.items().stream().map(Line::of).toList(),
                history.createdAt(),
                history.confirmedAt(),
                history.payment() == null ? null : history.payment().at(),
                Shipment.of(history.dispatch()),
                history.completedAt(),
                Cancellation.of(history.cancellation()),
                history.refunds().total().amount());
    }

    /** A line of an order, with name and price as they were when it was made. */
    record Line(UUID productId, String name, long price, int quantity) {

        private static Line of(Item item) {
            return new Line(
                    item.line().product().value(),
                    item.name(),
                    item.price().amount(),
                    item.line().quantity());
        }
    }

    /** How the goods travel. */
    record Shipment(
            ShippedBy.Logistics logistics,
            @Nullable String carrier,
            @Nullable String trackingNumber,
            Instant shippedAt) {

        private static @Nullable Shipment of(io.miniplane.server.order.domain.@Nullable Dispatch dispatch) {
            return dispatch == null
                    ? null
                    : new Shipment(
                            dispatch.by().logistics(),
                            dispatch.by().carrier(),
                            dispatch.by().trackingNumber(),
                            dispatch.at());
        }
    }

    /** The end of an order before its shipment. */
    record Cancellation(CancelReason reason, long refundDue, Instant cancelledAt) {

        private static @Nullable Cancellation of(io.miniplane.server.order.domain.@Nullable Cancellation end) {
            return end == null
                    ? null
                    : new Cancellation(end.reason(), end.refundDue().amount(), end.at());
        }
    }
}
