package io.miniplane.server.order.application;

import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.domain.Decision;
import io.miniplane.server.order.domain.Decision.Unchanged;
import io.miniplane.server.order.domain.Order;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends what nobody ends: cancels orders that were not paid in time, and completes those whose goods must have come. Several may do so at once; each
 * order decides once.
 */
public final class EndOverdue {

    private static final Logger LOG = LogManager.getLogger(EndOverdue.class);
    private static final int AT_ONCE = 4;

    private final Orders orders;
    private final ChangeOrder changes;
    private final Limits limits;
    private final Clock clock;

    /** Changes the orders that are kept. */
    public EndOverdue(Orders orders, ChangeOrder changes, Limits limits, Clock clock) {
        this.orders = orders;
        this.changes = changes;
        this.limits = limits;
        this.clock = clock;
    }

    /** Cancels some unpaid orders; tells how many it cancelled. */
    public Mono<Long> cancelUnpaid(int most) {
        Instant now = now();
        return ended(
                orders.unpaidSince(now.minus(limits.payment()), most), order -> order.expire(now, limits.payment()));
    }

    /** Completes some shipped orders; tells how many it completed. */
    public Mono<Long> completeShipped(int most) {
        Instant now = now();
        return ended(orders.shippedBefore(now.minus(limits.delivery()), most), order -> order.complete(now));
    }

    private Mono<Long> ended(Flux<OrderId> overdue, Function<Order, Decision> act) {
        return overdue.collectList()
                .flatMapIterable(ids -> ids)
                .flatMap(id -> changes.change(id, act).onErrorResume(fault -> later(id, fault)), AT_ONCE)
                .filter(decision -> !(decision instanceof Unchanged))
                .count();
    }

    /** One that fails holds up none of the others. */
    private static Mono<Decision> later(OrderId id, Throwable fault) {
        LOG.warn("The order {} is ended later: {}", id, fault.getClass().getName());
        return Mono.empty();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * How long orders wait.
     *
     * @param payment a confirmed one for its payment
     * @param delivery a shipped one for its receipt
     */
    public record Limits(Duration payment, Duration delivery) {}
}
