package io.miniplane.server.payment.application;

import io.miniplane.server.payment.domain.Payment;
import io.miniplane.server.payment.domain.Refund;
import java.time.Instant;
import java.util.List;

/**
 * All that is known of the money of an order.
 *
 * @param payment its payment
 * @param refunds its refunds, from the first on
 * @param disputes money that came and pays nothing, from the first on
 */
public record Overview(Payment payment, List<Refund> refunds, List<Dispute> disputes) {

    /** Keeps the lists as they are now. */
    public Overview {
        refunds = List.copyOf(refunds);
        disputes = List.copyOf(disputes);
    }

    /**
     * Money that came and pays nothing.
     *
     * @param transactionId WeChat Pay's number
     * @param amount fen, as WeChat Pay said
     * @param currency such as {@code CNY}
     * @param paidAt when
     */
    public record Dispute(String transactionId, long amount, String currency, Instant paidAt) {}
}
