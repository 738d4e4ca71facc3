package io.miniplane.server.order.application;

import io.miniplane.server.order.OrderEvent;
import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.OrderStatus;
import io.miniplane.server.order.ProductRef;
import io.miniplane.server.order.domain.Basket;
import io.miniplane.server.order.domain.Decision;
import io.miniplane.server.order.domain.Order;
import io.miniplane.server.platform.IdempotencyKey;
import io.miniplane.server.platform.Paging;
import io.miniplane.server.platform.security.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The orders that are kept. A change and its event are one statement. */
public interface Orders {

    /** Makes an order of what is for sale now, at its price of now, unless one was made under the key. */
    Mono<Placing> place(NewOrder order);

    /** The order that was made under a key; empty where there is none. */
    Mono<Keyed> findByKey(UserId user, String key);

    /** An order; empty where there is none. */
    Mono<Order> find(OrderId id);

    /** The orders that a query names, the newest first, one more than its part holds where there are more. */
    Mono<List<Order>> list(Query query);

    /** Keeps what was decided on the order as it is kept; false, and nothing is kept, where it has changed since it was read. */
    Mono<Boolean> save(Decision decision);

    /** Confirmed orders that wait for their payment since then or longer, the oldest first. */
    Flux<OrderId> unpaidSince(Instant then, int most);

    /** Orders that are on their way since then or longer, the oldest first. */
    Flux<OrderId> shippedBefore(Instant then, int most);

    /**
     * An order that is to be made.
     *
     * @param id its id
     * @param user whose it is
     * @param basket what is in it
     * @param key the key under which it is made, or null
     * @param at when
     */
    record NewOrder(
            OrderId id,
            UserId user,
            Basket basket,
            @Nullable IdempotencyKey key,
            Instant at) {

        /** What others hear of it. */
        public OrderEvent event() {
            return new OrderEvent.Created(id, user, basket.lines());
        }
    }

    /** What came of a new order. */
    sealed interface Placing {}

    /** It is made. */
    record Placed(Order order) implements Placing {}

    /** It is not made, for one was made under its key. */
    record KeyInUse() implements Placing {}

    /**
     * It is not made, for something is not for sale.
     *
     * @param product the first of these
     */
    record NotForSale(ProductRef product) implements Placing {}

    /** It is not made, for it would cost more than an order may. */
    record TooDear() implements Placing {}

    /**
     * An order that was made under a key.
     *
     * @param order as it is now
     * @param digest of the body that it was made by
     */
    record Keyed(Order order, String digest) {}

    /**
     * Which orders.
     *
     * @param paging which part of them
     * @param user only the orders of this user, or null
     * @param status only those that have come so far, or null
     */
    record Query(
            Paging paging, @Nullable UserId user, @Nullable OrderStatus status) {}
}
