package io.miniplane.server.order.application;

import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.domain.Order;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.UserId;
import reactor.core.publisher.Mono;

/** Shows an order to its buyer or to staff. */
public final class ReadOrder {

    private static final ErrorCode UNKNOWN = new ErrorCode(40440);

    private final Orders orders;

    /** Reads from the orders that are kept. */
    public ReadOrder(Orders orders) {
        this.orders = orders;
    }

    /** Any order, as staff reads it; 40440 where there is none. */
    public Mono<Order> read(OrderId id) {
        return orders.find(id).switchIfEmpty(Mono.error(ReadOrder::noSuchOrder));
    }

    /** An own order; 40440 where there is none, or it is somebody else's. */
    public Mono<Order> read(OrderId id, UserId user) {
        return read(id).map(order -> owned(order, user));
    }

    static Order owned(Order order, UserId user) {
        if (!order.user().equals(user)) {
            throw noSuchOrder();
        }
        return order;
    }

    static Failure noSuchOrder() {
        return new Failure(UNKNOWN);
    }
}
