package io.miniplane.server.payment.web;

import io.miniplane.server.payment.domain.Refund;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A refund as staff sees it; {@code createdAt} is UTC in ISO 8601. */
record RefundBody(UUID id, long amount, @Nullable String reason, String status, Instant createdAt) {

    static RefundBody of(Refund refund) {
        return new RefundBody(
                refund.id().value(),
                refund.details().amount().amount(),
                refund.details().reason(),
                refund.state().name().toLowerCase(Locale.ROOT),
                refund.createdAt());
    }
}
