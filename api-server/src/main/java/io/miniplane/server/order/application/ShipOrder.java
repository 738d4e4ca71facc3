package io.miniplane.server.order.application;

import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.RefundsInProgress;
import io.miniplane.server.order.ShippedBy;
import io.miniplane.server.order.domain.Decision;
import io.miniplane.server.order.domain.Order;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import reactor.core.publisher.Mono;

/** Says that the goods of an order are on their way. */
public final class ShipOrder {

    private static final ErrorCode PAID_BACK = new ErrorCode(40935);

    private final ChangeOrder changes;
    private final RefundsInProgress refunds;
    private final Clock clock;

    /** Changes the orders that are kept, unless their money goes back. */
    public ShipOrder(ChangeOrder changes, RefundsInProgress refunds, Clock clock) {
        this.changes = changes;
        this.refunds = refunds;
        this.clock = clock;
    }

    /**
     * The shipped order; 40440 where there is none, 40931 when it is not what was seen any more, 40932 when it cannot be shipped, 40935 when all its
     * money is on its way back.
     */
    public Mono<Order> ship(OrderId id, ShippedBy by, Seen seen) {
        return refunds.takeAll(id).flatMap(all -> all ? Mono.error(new Failure(PAID_BACK)) : shipped(id, by, seen));
    }

    private Mono<Order> shipped(OrderId id, ShippedBy by, Seen seen) {
        return changes.change(id, order -> seen.require(order).ship(by, now()))
                .map(Decision::order)
                .switchIfEmpty(Mono.error(ReadOrder::noSuchOrder));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
