package io.miniplane.server.order.application;

import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.PaymentSettlement;
import io.miniplane.server.order.domain.Decision.Changed;
import io.miniplane.server.order.domain.Decision.Unchanged;
import io.miniplane.server.order.domain.Payment;
import io.miniplane.server.order.domain.Verdict;
import io.miniplane.server.platform.Fen;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import reactor.core.publisher.Mono;

/** Tells orders what became of their payments. */
public final class SettlePayment implements PaymentSettlement {

    private final ChangeOrder changes;
    private final Clock clock;

    /** Changes the orders that are kept. */
    public SettlePayment(ChangeOrder changes, Clock clock) {
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public Mono<Settlement> settle(OrderId order, String transactionId, Fen amount, Instant paidAt) {
        Payment payment = new Payment(transactionId, amount, paidAt.truncatedTo(ChronoUnit.MICROS));
        return changes.judge(order, found -> found.settle(payment)).defaultIfEmpty(new NotPayable());
    }

    @Override
    public Mono<Refunding> refunded(OrderId order, String refundId, Fen amount) {
        return changes.judge(order, found -> found.refund(refundId, amount)).defaultIfEmpty(new NoSuchOrder());
    }

    @Override
    public Mono<Fen> owed(OrderId order) {
        return changes.judge(order, found -> new Verdict<>(new Unchanged(found), found.owed()))
                .defaultIfEmpty(Fen.ZERO);
    }

    @Override
    public Mono<Boolean> completed(OrderId order) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return changes.change(order, found -> found.complete(now))
                .map(Changed.class::isInstance)
                .defaultIfEmpty(false);
    }
}
