package io.miniplane.simulator.pay;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money that goes back to a user.
 *
 * @param id WeChat's number of the refund
 * @param outRefundNo the merchant's number of the refund
 * @param amount in fen
 * @param reason what the user reads, or empty
 * @param notifyUrl where it is notified, or null
 * @param createdAt when the merchant asked for it
 * @param status how far it is
 * @param endedAt when it came to its end, or null
 */
public record Refund(
        String id,
        String outRefundNo,
        long amount,
        String reason,
        @Nullable URI notifyUrl,
        Instant createdAt,
        Status status,
        @Nullable Instant endedAt) {

    /** How far a refund is, by the names in WeChat's answers. */
    public enum Status {
        PROCESSING,
        SUCCESS,
        CLOSED,
        ABNORMAL
    }

    Refund ended(Status end, Instant at) {
        return new Refund(id, outRefundNo, amount, reason, notifyUrl, createdAt, end, at);
    }

    /** Whether the money is gone or about to go. */
    boolean counts() {
        return status != Status.CLOSED;
    }
}
