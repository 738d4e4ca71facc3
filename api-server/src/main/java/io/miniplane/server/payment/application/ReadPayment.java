package io.miniplane.server.payment.application;

import io.miniplane.server.payment.domain.PaymentId;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import reactor.core.publisher.Mono;

/** Tells staff how the payment of an order stands. */
public final class ReadPayment {

    private static final ErrorCode NO_PAYMENT = new ErrorCode(40461);

    private final Payments payments;
    private final Refunds refunds;

    /** Reads what is kept. */
    public ReadPayment(Payments payments, Refunds refunds) {
        this.payments = payments;
        this.refunds = refunds;
    }

    /** All that is known; 40461 where nobody asked to pay. */
    public Mono<Overview> read(PaymentId id) {
        return payments.find(id)
                .switchIfEmpty(Mono.error(() -> new Failure(NO_PAYMENT)))
                .flatMap(payment -> Mono.zip(
                                refunds.of(id).collectList(),
                                payments.disputes(id).collectList())
                        .map(both -> new Overview(payment, both.getT1(), both.getT2())));
    }
}
