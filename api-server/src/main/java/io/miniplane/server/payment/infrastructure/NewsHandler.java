package io.miniplane.server.payment.infrastructure;

import io.miniplane.server.payment.application.ApplyNews;
import io.miniplane.server.payment.application.PaymentMeter;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.EventHandler;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Changes payments by what was heard of them. */
record NewsHandler(ApplyNews applyNews, PaymentMeter meter) implements EventHandler {

    @Override
    public String queue() {
        return "payments.news";
    }

    @Override
    public Set<String> types() {
        return Set.of(NewsEvents.TYPE);
    }

    @Override
    public Mono<Void> handle(DomainEvent event) {
        return Mono.fromCallable(() -> NewsEvents.read(event))
                .flatMap(applyNews::apply)
                .doOnNext(meter::handled)
                .then();
    }
}
