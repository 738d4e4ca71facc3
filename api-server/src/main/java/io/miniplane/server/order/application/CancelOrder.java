package io.miniplane.server.order.application;

import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.domain.Decision;
import io.miniplane.server.order.domain.Order;
import io.miniplane.server.platform.security.UserId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import reactor.core.publisher.Mono;

/** Cancels an order on behalf of its buyer. Goods that are kept for it are given back, and what was paid is paid back, by others. */
public final class CancelOrder {

    private final ChangeOrder changes;
    private final Clock clock;

    /** Changes the orders that are kept. */
    public CancelOrder(ChangeOrder changes, Clock clock) {
        this.changes = changes;
        this.clock = clock;
    }

    /** The cancelled order; 40440 where there is no such own order, 40931 when it is not what was seen any more, 40901 when it is shipped. */
    public Mono<Order> cancel(OrderId id, UserId user, Seen seen) {
        return changes.change(
                        id, order -> seen.require(ReadOrder.owned(order, user)).cancel(now()))
                .map(Decision::order)
                .switchIfEmpty(Mono.error(ReadOrder::noSuchOrder));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
