package io.miniplane.server.order.application;

import io.miniplane.server.feature.Features;
import io.miniplane.server.order.OrderEvent;
import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.OrderStatus;
import io.miniplane.server.order.OrderedLine;
import io.miniplane.server.order.domain.Basket;
import io.miniplane.server.order.domain.Item;
import io.miniplane.server.order.domain.Order;
import io.miniplane.server.platform.IdempotencyKey;
import io.miniplane.server.platform.security.UserId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Accepts an order, and for users who have the feature {@value #FEATURE} takes the goods before it answers, so that they know at once. Where that does not
 * end in time the order is as any other: its event, which was written with it, has the goods taken in the background. Whichever comes second changes
 * nothing.
 */
public final class CheckOut {

    /** The feature that decides for whom. */
    public static final String FEATURE = "newCheckout";

    private final PlaceOrder placeOrder;
    private final ConfirmOrder confirmOrder;
    private final Orders orders;
    private final Features features;
    private final Duration limit;

    /** @param limit how long the buyer waits for the goods at most */
    public CheckOut(
            PlaceOrder placeOrder, ConfirmOrder confirmOrder, Orders orders, Features features, Duration limit) {
        this.placeOrder = placeOrder;
        this.confirmOrder = confirmOrder;
        this.orders = orders;
        this.features = features;
        this.limit = limit;
    }

    /**
     * Makes an order, or answers the one that was made under the key.
     *
     * @return the order, confirmed or out of stock if that could be found out, or a failure of {@link PlaceOrder#place}
     */
    public Mono<Order> place(UserId user, Basket basket, @Nullable IdempotencyKey key) {
        return placeOrder
                .place(user, basket, key)
                .flatMap(order -> isNew(user).flatMap(on -> on ? taken(order) : Mono.just(order)));
    }

    /** The order is made by now, so nothing may stand in the way of its answer. */
    private Mono<Boolean> isNew(UserId user) {
        return features.isOn(user, FEATURE).timeout(limit).onErrorReturn(false);
    }

    private Mono<Order> taken(Order order) {
        OrderId id = order.id();
        List<OrderedLine> lines = order.items().stream().map(Item::line).toList();
        Mono<Order> decided = confirmOrder
                .follow(new OrderEvent.Created(id, order.user(), lines))
                .then(Mono.defer(() -> orders.find(id)));
        return orders.find(id)
                .flatMap(now -> now.status() == OrderStatus.CREATED ? decided : Mono.just(now))
                .map(Order::asTaken)
                .timeout(limit)
                .onErrorReturn(order)
                .defaultIfEmpty(order);
    }
}
