package io.miniplane.server.wechat;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * WeChat did not do what it was asked for. Neither the message nor a cause holds a code, token, secret or address:
 * it may be logged and traced as it is.
 */
public abstract sealed class WechatFailure extends Failure {

    private final @Nullable Integer errcode;
    private final String detail;

    private WechatFailure(int code, @Nullable Duration retryAfter, @Nullable Integer errcode, String detail) {
        super(new ErrorCode(code), retryAfter, null);
        this.errcode = errcode;
        this.detail = detail;
    }

    /** The number that WeChat gave, or null where it gave none. */
    public @Nullable Integer errcode() {
        return errcode;
    }

    /** How metrics name this kind of failure. */
    public abstract String outcome();

    @Override
    public String getMessage() {
        return super.getMessage() + ": " + detail + (errcode == null ? "" : ", WeChat errcode " + errcode);
    }

    /** The code is invalid, used or expired; the mini-program has to get a new one. */
    public static final class CodeRejected extends WechatFailure {

        /** @param errcode WeChat's number, or null when the code could not be sent at all */
        public CodeRejected(@Nullable Integer errcode) {
            super(40001, null, errcode, "the code is invalid, used or expired");
        }

        @Override
        public String outcome() {
            return "code_rejected";
        }
    }

    /** WeChat holds the user for a risk. */
    public static final class UserBlocked extends WechatFailure {

        /** @param errcode WeChat's number */
        public UserBlocked(int errcode) {
            super(40301, null, errcode, "the user is blocked");
        }

        @Override
        public String outcome() {
            return "user_blocked";
        }
    }

    /** The user logs in too often. */
    public static final class TooManyLogins extends WechatFailure {

        private static final Duration NEXT_MINUTE = Duration.ofMinutes(1);

        /** @param errcode WeChat's number */
        public TooManyLogins(int errcode) {
            super(42901, NEXT_MINUTE, errcode, "the user logs in too often");
        }

        @Override
        public String outcome() {
            return "too_frequent";
        }
    }

    /** WeChat refuses this app, its secret, its address or its rights: people have to act, trying again does not help. */
    public static final class Refused extends WechatFailure {

        /** @param errcode WeChat's number */
        public Refused(int errcode) {
            super(50201, null, errcode, "WeChat refused the call");
        }

        @Override
        public String outcome() {
            return "refused";
        }
    }

    /** WeChat's answer makes no sense. */
    public static final class Unintelligible extends WechatFailure {

        private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

        /** @param detail what is wrong with the answer, without any of its values */
        public Unintelligible(String detail) {
            super(50202, RETRY_AFTER, null, detail);
        }

        @Override
        public String outcome() {
            return "unintelligible";
        }
    }

    /** WeChat is down, slow or busy, or its calls are held back because it was. */
    public static final class Unavailable extends WechatFailure {

        private final boolean untouched;

        /**
         * @param detail what happened, without any value of the call
         * @param errcode WeChat's number, or null where it gave none
         * @param retryAfter when it may work again
         * @param untouched whether the call certainly had no effect, so that it may be repeated
         */
        public Unavailable(String detail, @Nullable Integer errcode, Duration retryAfter, boolean untouched) {
            super(50301, retryAfter, errcode, detail);
            this.untouched = untouched;
        }

        /** Whether the call certainly had no effect, so that it may be repeated. */
        public boolean untouched() {
            return untouched;
        }

        @Override
        public String outcome() {
            return "unavailable";
        }
    }
}
