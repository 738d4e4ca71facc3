package io.miniplane.server.payment.application;

import io.miniplane.server.payment.domain.PaymentId;
import io.miniplane.server.payment.domain.PaymentNews;
import io.miniplane.server.payment.domain.PaymentNews.MoneyCame;
import io.miniplane.server.payment.domain.PaymentNews.RefundMoved;
import io.miniplane.server.payment.domain.Refund;
import io.miniplane.server.payment.domain.RefundId;
import io.miniplane.server.wechat.MerchantPayments;
import io.miniplane.server.wechat.MerchantPayments.Transaction;
import java.time.Instant;
import java.util.Optional;

/** What WeChat Pay tells, in our words. Empty where its numbers are none of ours. */
final class Told {

    private Told() {}

    /** Of a transaction that is paid. */
    static Optional<PaymentNews> of(Transaction transaction) {
        String id = transaction.transactionId();
        Instant paidAt = transaction.paidAt();
        return id == null || paidAt == null
                ? Optional.empty()
                : PaymentId.ofNumber(transaction.number())
                        .map(payment ->
                                new MoneyCame(payment, id, transaction.total(), transaction.currency(), paidAt));
    }

    static Optional<PaymentNews> of(MerchantPayments.Refund refund) {
        return PaymentId.ofNumber(refund.payment())
                .flatMap(payment -> RefundId.ofNumber(refund.number())
                        .map(id -> new RefundMoved(payment, id, state(refund.status()))));
    }

    /** What is not known yet is taken for under way, and asked about again. */
    private static Refund.State state(MerchantPayments.Refund.Status status) {
        return switch (status) {
            case SUCCESS -> Refund.State.DONE;
            case CLOSED -> Refund.State.FAILED;
            case ABNORMAL -> Refund.State.STUCK;
            case PROCESSING, OTHER -> Refund.State.PROCESSING;
        };
    }
}
