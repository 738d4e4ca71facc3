package io.miniplane.server.inventory.infrastructure;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import java.time.Duration;

/** The team's stock service did not do what was asked of it, or nobody knows whether it did. */
sealed class StockServiceFailure extends Failure {

    private static final ErrorCode UNAVAILABLE = new ErrorCode(50310);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final String detail;

    private StockServiceFailure(String detail) {
        super(UNAVAILABLE, RETRY_AFTER, null);
        this.detail = detail;
    }

    /** What happened, for logs; it names no address. */
    @Override
    public String getMessage() {
        return detail;
    }

    /** It cannot be reached, is too slow, or says itself that it is ill. */
    static final class Unavailable extends StockServiceFailure {

        Unavailable(String detail) {
            super(detail);
        }
    }

    /** It answered something that the contract does not know. */
    static final class Unintelligible extends StockServiceFailure {

        Unintelligible(String detail) {
            super(detail);
        }
    }
}
