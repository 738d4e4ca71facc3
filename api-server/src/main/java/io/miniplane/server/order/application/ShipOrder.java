package io.miniplane.server.order.application;

import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.ShippedBy;
import io.miniplane.server.order.domain.Decision;
import io.miniplane.server.order.domain.Order;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import reactor.core.publisher.Mono;

/** Says that the goods of an order are on their way. */
public final class ShipOrder {

    private final ChangeOrder changes;
    private final Clock clock;

    /** Changes the orders that are kept. */
    public ShipOrder(ChangeOrder changes, Clock clock) {
        this.changes = changes;
        this.clock = clock;
    }

    /** The shipped order; 40440 where there is none, 40931 when it is not what was seen any more, 40932 when it cannot be shipped. */
    public Mono<Order> ship(OrderId id, ShippedBy by, Seen seen) {
        return changes.change(id, order -> seen.require(order).ship(by, now()))
                .map(Decision::order)
                .switchIfEmpty(Mono.error(ReadOrder::noSuchOrder));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
