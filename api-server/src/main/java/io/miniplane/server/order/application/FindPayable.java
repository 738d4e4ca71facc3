package io.miniplane.server.order.application;

import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.OrderStatus;
import io.miniplane.server.order.PayableOrders;
import io.miniplane.server.order.domain.Order;
import io.miniplane.server.platform.security.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Tells whether an order can be paid, and what payment has to know of it. */
public final class FindPayable implements PayableOrders {

    private final Orders orders;
    private final Duration paymentTimeout;
    private final Clock clock;

    /**
     * Reads from the orders that are kept.
     *
     * @param paymentTimeout how long a confirmed order waits for its payment
     */
    public FindPayable(Orders orders, Duration paymentTimeout, Clock clock) {
        this.orders = orders;
        this.paymentTimeout = paymentTimeout;
        this.clock = clock;
    }

    @Override
    public Mono<Payability> find(OrderId id, UserId user) {
        return orders.find(id).filter(order -> order.user().equals(user)).map(this::payability);
    }

    @Override
    public Mono<String> description(OrderId id, int longest) {
        return orders.find(id).map(order -> order.description(longest));
    }

    private Payability payability(Order order) {
        Instant confirmedAt = order.history().confirmedAt();
        if (order.status() != OrderStatus.CONFIRMED || confirmedAt == null) {
            return new NotPayable(order.status());
        }
        Instant until = confirmedAt.plus(paymentTimeout);
        return clock.instant().isBefore(until)
                ? new Payable(order.id(), order.user(), order.total(), order.description(Payable.LONGEST), until)
                : new NotPayable(order.status());
    }
}
