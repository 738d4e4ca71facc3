package io.miniplane.server.order.infrastructure;

import io.miniplane.server.order.OrderEvents;
import io.miniplane.server.order.application.ConfirmOrder;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.EventHandler;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Keeps the goods in step with the orders. One queue has all that concerns them, so that nothing is given back before it is taken. */
final class ConfirmationHandler implements EventHandler {

    private final ConfirmOrder confirmOrder;
    private final Effect effect;

    /**
     * Does it by a use case.
     *
     * @param effect where the goods are counted
     */
    ConfirmationHandler(ConfirmOrder confirmOrder, Effect effect) {
        this.confirmOrder = confirmOrder;
        this.effect = effect;
    }

    @Override
    public String queue() {
        return "orders.confirmation";
    }

    @Override
    public Set<String> types() {
        return Set.of(OrderEvents.CREATED, OrderEvents.PAID, OrderEvents.CANCELLED, OrderEvents.REFUNDED);
    }

    @Override
    public Effect effect() {
        return effect;
    }

    @Override
    public Mono<Void> handle(DomainEvent event) {
        return confirmOrder.follow(OrderEvents.read(event));
    }
}
