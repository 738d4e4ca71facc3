package io.miniplane.server.payment.infrastructure;

import io.miniplane.server.payment.application.SendRefund;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.EventHandler;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Asks WeChat Pay for refunds that were begun. */
record RefundHandler(SendRefund sendRefund) implements EventHandler {

    @Override
    public String queue() {
        return "payments.refunds";
    }

    @Override
    public Set<String> types() {
        return Set.of(RefundRequested.TYPE);
    }

    @Override
    public Effect effect() {
        return Effect.ELSEWHERE;
    }

    @Override
    public Mono<Void> handle(DomainEvent event) {
        return Mono.fromCallable(() -> RefundRequested.read(event)).flatMap(sendRefund::send);
    }
}
