package io.miniplane.server.notification.infrastructure;

import io.miniplane.server.notification.application.Occasion;
import io.miniplane.server.notification.application.TellBuyer;
import io.miniplane.server.order.OrderEvents;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.EventHandler;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Tells buyers of the events that there are templates for. */
record BuyerNotices(Set<String> types, TellBuyer tellBuyer) implements EventHandler {

    @Override
    public String queue() {
        return "notifications.buyers";
    }

    @Override
    public Effect effect() {
        return Effect.ELSEWHERE;
    }

    @Override
    public Mono<Void> handle(DomainEvent event) {
        return Mono.justOrEmpty(Occasion.of(event.type()))
                .flatMap(occasion -> tellBuyer.tell(event.id(), occasion, OrderEvents.read(event), event.time()))
                .then();
    }
}
