package io.miniplane.server.order.application;

import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.domain.Decision;
import io.miniplane.server.order.domain.Decision.Unchanged;
import io.miniplane.server.order.domain.Order;
import io.miniplane.server.order.domain.Verdict;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Lets an order decide on an act and keeps what it decides. Whoever loses a race reads anew and lets it decide again, a few times. */
public final class ChangeOrder {

    private static final ErrorCode STALE = new ErrorCode(40931);
    private static final int RACES = 5;

    private final Orders orders;

    /** Works on the orders that are kept. */
    public ChangeOrder(Orders orders) {
        this.orders = orders;
    }

    /** What the order decided; empty where there is no such order, 40931 when it lost one race after the other. */
    public Mono<Decision> change(OrderId id, Function<Order, Decision> act) {
        return judge(id, order -> {
            Decision decision = act.apply(order);
            return new Verdict<>(decision, decision);
        });
    }

    /** What the order answers; empty where there is no such order, 40931 when it lost one race after the other. */
    public <T> Mono<T> judge(OrderId id, Function<Order, Verdict<T>> act) {
        return orders.find(id)
                .map(act)
                .flatMap(verdict -> keep(verdict.decision()).thenReturn(verdict.answer()))
                .retryWhen(Retry.max(RACES)
                        .filter(LostRace.class::isInstance)
                        .onRetryExhaustedThrow((spec, signal) -> new Failure(STALE)));
    }

    private Mono<Boolean> keep(Decision decision) {
        return decision instanceof Unchanged
                ? Mono.just(true)
                : orders.save(decision).filter(kept -> kept).switchIfEmpty(Mono.error(LostRace::new));
    }

    private static final class LostRace extends RuntimeException {

        LostRace() {
            super("The order has changed since it was read", null, false, false);
        }
    }
}
