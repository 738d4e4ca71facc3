package io.miniplane.server.order.application;

import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.application.Orders.KeyInUse;
import io.miniplane.server.order.application.Orders.NewOrder;
import io.miniplane.server.order.application.Orders.NotForSale;
import io.miniplane.server.order.application.Orders.Placed;
import io.miniplane.server.order.application.Orders.Placing;
import io.miniplane.server.order.application.Orders.TooDear;
import io.miniplane.server.order.domain.Basket;
import io.miniplane.server.order.domain.Order;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.IdempotencyKey;
import io.miniplane.server.platform.security.UserId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Accepts an order. Whether the goods are there is found out afterwards, so nobody waits for that. */
public final class PlaceOrder {

    private static final ErrorCode NOT_FOR_SALE = new ErrorCode(40060);
    private static final ErrorCode TOO_DEAR = new ErrorCode(40061);

    private final Orders orders;
    private final Supplier<UUID> ids;
    private final Clock clock;

    /** Writes to the orders that are kept. */
    public PlaceOrder(Orders orders, Supplier<UUID> ids, Clock clock) {
        this.orders = orders;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Makes an order, or answers the one that was made under the key as it was then.
     *
     * @return the order, or a failure: 40060 when a product is not for sale, 40061 when it would cost too much, 40930 when the key was used for
     *     another body
     */
    public Mono<Order> place(UserId user, Basket basket, @Nullable IdempotencyKey key) {
        NewOrder order = new NewOrder(
                new OrderId(ids.get()), user, basket, key, clock.instant().truncatedTo(ChronoUnit.MICROS));
        return orders.place(order)
                .flatMap(placing -> placing instanceof Placed(var made) ? Mono.just(made) : replayed(order, placing));
    }

    /** Whatever stood in the way, an order that was made under the key before is the answer. */
    private Mono<Order> replayed(NewOrder order, Placing placing) {
        IdempotencyKey key = order.key();
        Mono<Order> refused = Mono.error(() -> refusal(placing));
        return key == null
                ? refused
                : orders.findByKey(order.user(), key.value())
                        .map(known -> {
                            key.requireSame(known.digest());
                            return known.order().asMade();
                        })
                        .switchIfEmpty(refused);
    }

    private static Throwable refusal(Placing placing) {
        return switch (placing) {
            case NotForSale(var product) -> new Failure(NOT_FOR_SALE, product);
            case TooDear() -> new Failure(TOO_DEAR, Order.MOST.amount());
            case KeyInUse inUse -> vanished();
            case Placed placed -> vanished();
        };
    }

    private static IllegalStateException vanished() {
        return new IllegalStateException("An order that was made has vanished");
    }
}
