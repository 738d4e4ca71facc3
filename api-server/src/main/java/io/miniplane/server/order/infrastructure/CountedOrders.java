package io.miniplane.server.order.infrastructure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.miniplane.server.order.OrderEvent;
import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.OrderStatus;
import io.miniplane.server.order.application.Orders;
import io.miniplane.server.order.domain.Decision;
import io.miniplane.server.order.domain.Decision.Changed;
import io.miniplane.server.order.domain.Order;
import io.miniplane.server.platform.security.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Counts how orders go on, as {@code miniplane_orders_total{status}}, and measures how long they wait for their confirmation, as {@code
 * miniplane_orders_confirmation_seconds}. Every status is there from the start, at 0.
 */
final class CountedOrders implements Orders {

    private static final Logger LOG = LogManager.getLogger(CountedOrders.class);

    private final Orders orders;
    private final Map<OrderStatus, Counter> counters = new EnumMap<>(OrderStatus.class);
    private final Timer confirmation;

    CountedOrders(Orders orders, MeterRegistry meters) {
        this.orders = orders;
        Arrays.stream(OrderStatus.values()).forEach(status -> counters.put(status, counter(status, meters)));
        this.confirmation = Timer.builder("miniplane.orders.confirmation")
                .description("How long orders wait until the goods are kept for them")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(5))
                .maximumExpectedValue(Duration.ofMinutes(10))
                .register(meters);
    }

    @Override
    public Mono<Placing> place(NewOrder order) {
        return orders.place(order).doOnNext(placing -> {
            if (placing instanceof Placed(var made)) {
                count(made);
            }
        });
    }

    @Override
    public Mono<Boolean> save(Decision decision) {
        return orders.save(decision).doOnNext(kept -> {
            if (kept && decision instanceof Changed(var order, var event) && isNewStatus(order, event)) {
                changed(order);
            }
        });
    }

    @Override
    public Mono<Keyed> findByKey(UserId user, String key) {
        return orders.findByKey(user, key);
    }

    @Override
    public Mono<Order> find(OrderId id) {
        return orders.find(id);
    }

    @Override
    public Mono<List<Order>> list(Query query) {
        return orders.list(query);
    }

    @Override
    public Flux<OrderId> unpaidSince(Instant then, int most) {
        return orders.unpaidSince(then, most);
    }

    @Override
    public Flux<OrderId> shippedBefore(Instant then, int most) {
        return orders.shippedBefore(then, most);
    }

    /** A refund of a part leaves the status as it is. */
    private static boolean isNewStatus(Order order, OrderEvent event) {
        return !(event instanceof OrderEvent.Refunded) || order.status() == OrderStatus.REFUNDED;
    }

    private void changed(Order order) {
        count(order);
        Instant confirmedAt = order.history().confirmedAt();
        if (order.status() == OrderStatus.CONFIRMED && confirmedAt != null) {
            confirmation.record(Duration.between(order.history().createdAt(), confirmedAt));
        }
    }

    private void count(Order order) {
        Objects.requireNonNull(counters.get(order.status())).increment();
        LOG.debug("Order {} is {} now", order.id(), order.status());
    }

    private static Counter counter(OrderStatus status, MeterRegistry meters) {
        return Counter.builder("miniplane.orders")
                .description("Orders by the status that they came to")
                .tag("status", status.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
