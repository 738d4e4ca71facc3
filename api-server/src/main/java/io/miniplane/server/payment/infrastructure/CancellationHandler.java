package io.miniplane.server.payment.infrastructure;

import io.miniplane.server.order.OrderEvent;
import io.miniplane.server.order.OrderEvents;
import io.miniplane.server.payment.application.ApplyNews;
import io.miniplane.server.payment.application.Payments;
import io.miniplane.server.payment.domain.PaymentId;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.EventHandler;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Ends the payment of an order that was cancelled: closes it, or pays back what was paid. */
record CancellationHandler(Payments payments, ApplyNews applyNews) implements EventHandler {

    @Override
    public String queue() {
        return "payments.cancellations";
    }

    @Override
    public Set<String> types() {
        return Set.of(OrderEvents.CANCELLED);
    }

    @Override
    public Mono<Void> handle(DomainEvent event) {
        if (!(OrderEvents.read(event) instanceof OrderEvent.Cancelled cancelled)) {
            return Mono.empty();
        }
        PaymentId payment = new PaymentId(cancelled.order().value());
        return cancelled.refundDue().isPositive()
                ? applyNews.payBack(payment, cancelled.refundDue())
                : payments.closeSoon(payment);
    }
}
