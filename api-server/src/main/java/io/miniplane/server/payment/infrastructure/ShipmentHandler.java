package io.miniplane.server.payment.infrastructure;

import io.miniplane.server.order.OrderEvent;
import io.miniplane.server.order.OrderEvents;
import io.miniplane.server.payment.application.TellShipping;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.EventHandler;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Tells WeChat how orders are shipped. */
record ShipmentHandler(TellShipping tellShipping) implements EventHandler {

    @Override
    public String queue() {
        return "payments.shipments";
    }

    @Override
    public Set<String> types() {
        return Set.of(OrderEvents.SHIPPED);
    }

    @Override
    public Effect effect() {
        return Effect.ELSEWHERE;
    }

    @Override
    public Mono<Void> handle(DomainEvent event) {
        return OrderEvents.read(event) instanceof OrderEvent.Shipped shipped
                ? tellShipping.tell(shipped)
                : Mono.empty();
    }
}
