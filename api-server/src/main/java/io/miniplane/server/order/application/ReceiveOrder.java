package io.miniplane.server.order.application;

import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.domain.Decision;
import io.miniplane.server.order.domain.Order;
import io.miniplane.server.platform.security.UserId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import reactor.core.publisher.Mono;

/** Completes an order whose goods the buyer has. */
public final class ReceiveOrder {

    private final ChangeOrder changes;
    private final Clock clock;

    /** Changes the orders that are kept. */
    public ReceiveOrder(ChangeOrder changes, Clock clock) {
        this.changes = changes;
        this.clock = clock;
    }

    /** The completed order; 40440 where there is no such own order, 40931 when it is not what was seen any more, 40933 when it was not shipped. */
    public Mono<Order> receive(OrderId id, UserId user, Seen seen) {
        return changes.change(
                        id, order -> seen.require(ReadOrder.owned(order, user)).receive(now()))
                .map(Decision::order)
                .switchIfEmpty(Mono.error(ReadOrder::noSuchOrder));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
