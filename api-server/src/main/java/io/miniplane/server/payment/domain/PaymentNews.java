package io.miniplane.server.payment.domain;

import java.time.Instant;

/** What WeChat Pay told of a payment, by itself or asked. */
public sealed interface PaymentNews {

    /** Of which payment. */
    PaymentId payment();

    /**
     * The buyer paid.
     *
     * @param transactionId WeChat Pay's number
     * @param amount fen, as WeChat Pay says
     * @param currency such as {@code CNY}
     * @param paidAt when
     */
    record MoneyCame(PaymentId payment, String transactionId, long amount, String currency, Instant paidAt)
            implements PaymentNews {}

    /** It was not paid and never can be. */
    record NeverPaid(PaymentId payment) implements PaymentNews {}

    /**
     * A refund went on.
     *
     * @param refund which one
     * @param status how it stands now
     */
    record RefundMoved(PaymentId payment, RefundId refund, Refund.State status) implements PaymentNews {}
}
