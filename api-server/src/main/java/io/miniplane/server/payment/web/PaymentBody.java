package io.miniplane.server.payment.web;

import io.miniplane.server.payment.application.Overview;
import io.miniplane.server.payment.domain.Payment;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The money of an order as staff sees it: fen. */
record PaymentBody(
        UUID orderId,
        long total,
        String status,
        @Nullable String transactionId,
        List<RefundBody> refunds,
        List<DisputeBody> disputes) {

    static PaymentBody of(Overview overview) {
        Payment payment = overview.payment();
        return new PaymentBody(
                payment.id().value(),
                payment.total().amount(),
                payment.state().name().toLowerCase(Locale.ROOT),
                payment.transactionId(),
                overview.refunds().stream().map(RefundBody::of).toList(),
                overview.disputes().stream().map(DisputeBody::of).toList());
    }

    /** Money that came and pays nothing; {@code paidAt} is UTC in ISO 8601. */
    record DisputeBody(String transactionId, long amount, String currency, Instant paidAt) {

        static DisputeBody of(Overview.Dispute dispute) {
            return new DisputeBody(dispute.transactionId(), dispute.amount(), dispute.currency(), dispute.paidAt());
        }
    }
}
