package io.miniplane.server.payment.domain;

import io.miniplane.server.platform.Fen;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money on its way back to the buyer.
 *
 * @param id which refund
 * @param payment of which payment
 * @param total what was paid
 * @param details what was asked for
 * @param state how it stands
 * @param createdAt when it was asked for
 */
public record Refund(RefundId id, PaymentId payment, Fen total, Details details, State state, Instant createdAt) {

    /** The most characters of a reason; WeChat Pay shows no more than so many bytes of UTF-8. */
    public static final int LONGEST_REASON = 80;

    /**
     * What was asked for.
     *
     * @param amount how much
     * @param reason what the buyer reads, 1 to {@value #LONGEST_REASON} characters, or null
     */
    public record Details(Fen amount, @Nullable String reason) {}

    /** How a refund stands. */
    public enum State {
        /** It is to be asked for at WeChat Pay. */
        REQUESTED,
        /** WeChat Pay is at it. */
        PROCESSING,
        /** The buyer's card does not take the money: staff has to act at the merchant platform, after which it may still be done. */
        STUCK,
        /** The buyer has the money. */
        DONE,
        /** It was not made, and will not be. */
        FAILED;

        /** Whether nothing changes it any more. */
        public boolean isEnd() {
            return this == DONE || this == FAILED;
        }
    }

    /** Whether it goes on to a state: never back, and nowhere from its end. What comes late changes nothing. */
    public boolean goesOnTo(State next) {
        return !state.isEnd() && next.compareTo(state) > 0;
    }
}
