package io.miniplane.server.inventory.web;

import io.miniplane.server.inventory.domain.StockChange;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.MaxCharacters;
import io.miniplane.server.platform.Reason;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** What staff puts in or takes out, and why. */
record StockChangeRequest(
        @NotNull(message = "missing")
        @Min(value = -StockChange.MOST, message = "not-a-delta")
        @Max(value = StockChange.MOST, message = "not-a-delta")
        Integer delta,

        @NotNull(message = "missing")
        @MaxCharacters(max = StockChange.REASON_LENGTH)
        @Pattern(
                regexp = "(?U)[^\\p{Cntrl}\\p{Cs}]*[^\\s\\p{Cntrl}\\p{Cs}][^\\p{Cntrl}\\p{Cs}]*",
                message = "not-readable")
        String reason) {

    private static final ErrorCode BAD_REQUEST = new ErrorCode(40000);

    /**
     * The change that was asked for.
     *
     * @throws Failure 40000 when it changes nothing
     */
    StockChange change() {
        if (delta == 0) {
            throw new Failure(BAD_REQUEST, Reason.of("not-a-delta", "delta"));
        }
        return new StockChange(delta, reason);
    }
}
