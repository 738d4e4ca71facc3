package io.miniplane.server.wechat;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * WeChat Pay did not do what it was asked for. Neither the message nor a cause holds a key, signature, openid or address: it may be logged and traced
 * as it is.
 */
public abstract sealed class PayFailure extends Failure {

    private final @Nullable String payCode;
    private final String outcome;
    private final String detail;

    private PayFailure(
            int code, String outcome, @Nullable Duration retryAfter, @Nullable String payCode, String detail) {
        super(new ErrorCode(code), retryAfter, null);
        this.payCode = payCode;
        this.outcome = outcome;
        this.detail = detail;
    }

    /** The code that WeChat Pay gave, such as {@code ORDER_NOT_EXIST}, or null where it gave none. */
    public @Nullable String payCode() {
        return payCode;
    }

    /** How metrics name this kind of failure. */
    public String outcome() {
        return outcome;
    }

    @Override
    public String getMessage() {
        return super.getMessage() + ": " + detail + (payCode == null ? "" : ", WeChat Pay says " + payCode);
    }

    /** This server has no settings of WeChat Pay. */
    public static final class Off extends PayFailure {

        /** There is nothing to tell but that. */
        public Off() {
            super(50210, "off", null, null, "payments are off");
        }
    }

    /** WeChat Pay refuses this merchant, its keys or the request: people have to act, trying again does not help. */
    public static final class Refused extends PayFailure {

        /** @param payCode what WeChat Pay says */
        public Refused(String payCode) {
            super(50211, "refused", null, payCode, "WeChat Pay refused the call");
        }
    }

    /** WeChat Pay's answer makes no sense. */
    public static final class Unintelligible extends PayFailure {

        private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

        /** @param detail what is wrong with the answer, without any of its values */
        public Unintelligible(String detail) {
            super(50212, "unintelligible", RETRY_AFTER, null, detail);
        }
    }

    /** What came as WeChat Pay's answer is not signed by WeChat Pay, or not now: keys or clocks need a look. */
    public static final class Unsigned extends PayFailure {

        /** @param detail what does not fit, without any value */
        public Unsigned(String detail) {
            super(50213, "unsigned", null, null, detail);
        }
    }

    /** The merchant's account does not hold what is to be refunded. */
    public static final class NotEnough extends PayFailure {

        /** @param payCode what WeChat Pay says */
        public NotEnough(String payCode) {
            super(50214, "not_enough", Duration.ofHours(1), payCode, "the merchant's account lacks the money");
        }
    }

    /** WeChat Pay has no payment or refund under the number; just after it was made it may be there a moment later. */
    public static final class NotThere extends PayFailure {

        /** @param payCode what WeChat Pay says */
        public NotThere(String payCode) {
            super(40460, "not_there", null, payCode, "WeChat Pay has nothing under the number");
        }
    }

    /** The payment was closed and can never be paid. */
    public static final class Closed extends PayFailure {

        /** @param payCode what WeChat Pay says */
        public Closed(String payCode) {
            super(40961, "closed", null, payCode, "the payment is closed");
        }
    }

    /** The payment was made already. */
    public static final class AlreadyPaid extends PayFailure {

        /** @param payCode what WeChat Pay says */
        public AlreadyPaid(String payCode) {
            super(40960, "already_paid", null, payCode, "the payment was made already");
        }
    }

    /** The number was used for something else. */
    public static final class NumberTaken extends PayFailure {

        /** @param payCode what WeChat Pay says */
        public NumberTaken(String payCode) {
            super(40962, "number_taken", null, payCode, "the number stands for another payment");
        }
    }

    /** Too many calls; whether this one had an effect is not known. */
    public static final class TooMany extends PayFailure {

        private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

        /** @param payCode what WeChat Pay says */
        public TooMany(String payCode) {
            super(50321, "too_many", RETRY_AFTER, payCode, "WeChat Pay takes no more calls for now");
        }
    }

    /** WeChat Pay is down, slow or busy, or its calls are held back because it was. */
    public static final class Unavailable extends PayFailure {

        private final boolean isHeldBack;

        /**
         * @param detail what happened, without any value of the call
         * @param payCode what WeChat Pay says, or null where it says nothing
         * @param retryAfter when it may work again
         * @param isHeldBack whether the call was not tried, or for too long, so that it is not to be repeated at once
         */
        public Unavailable(String detail, @Nullable String payCode, Duration retryAfter, boolean isHeldBack) {
            super(50320, "unavailable", retryAfter, payCode, detail);
            this.isHeldBack = isHeldBack;
        }

        /** Whether the same call may be repeated at once; to repeat it with the same parameters is always harmless. */
        public boolean isRepeatable() {
            return !isHeldBack;
        }
    }
}
