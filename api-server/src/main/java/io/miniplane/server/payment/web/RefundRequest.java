package io.miniplane.server.payment.web;

import io.miniplane.server.payment.domain.Refund;
import io.miniplane.server.platform.Fen;
import io.miniplane.server.platform.MaxCharacters;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/** What staff pays back: fen, and what the buyer reads. */
record RefundRequest(
        @NotNull(message = "missing")
        @Min(value = 1, message = "not-an-amount")
        @Max(value = MOST, message = "not-an-amount")
        Long amount,

        @NotBlank(message = "missing") @MaxCharacters(max = Refund.LONGEST_REASON)
        String reason) {

    /** A billion yuan: more than any payment. */
    static final long MOST = 100_000_000_000L;

    Refund.Details details() {
        return new Refund.Details(new Fen(amount), reason);
    }
}
