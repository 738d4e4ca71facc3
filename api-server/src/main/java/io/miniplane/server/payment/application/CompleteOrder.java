package io.miniplane.server.payment.application;

import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.PaymentSettlement;
import io.miniplane.server.payment.domain.PaymentId;
import reactor.core.publisher.Mono;

/** Completes an order whose buyer has the goods, as WeChat says when it settles the payment. */
public final class CompleteOrder {

    private final Payments payments;
    private final PaymentSettlement orders;

    /** Completes orders that have a payment. */
    public CompleteOrder(Payments payments, PaymentSettlement orders) {
        this.payments = payments;
        this.orders = orders;
    }

    /**
     * Completes an order, once.
     *
     * @param tradeNumber our number of the payment
     * @param transactionId WeChat Pay's number of the payment; of any other payment nothing is completed
     */
    public Mono<Void> complete(String tradeNumber, String transactionId) {
        return Mono.justOrEmpty(PaymentId.ofNumber(tradeNumber))
                .flatMap(payments::find)
                .filter(payment -> transactionId.equals(payment.transactionId()))
                .flatMap(payment -> orders.completed(new OrderId(payment.id().value())))
                .then();
    }
}
