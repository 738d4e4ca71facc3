package io.miniplane.server.wechat;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * WeChat did not do what it was asked for. Neither the message nor a cause holds a code, token, secret or address:
 * it may be logged and traced as it is.
 */
public abstract sealed class WechatFailure extends Failure {

    private final @Nullable Integer errcode;
    private final String outcome;
    private final String detail;

    private WechatFailure(
            ErrorCode code,
            String outcome,
            @Nullable Duration retryAfter,
            @Nullable Integer errcode,
            String detail,
            Object... arguments) {
        super(code, retryAfter, null, arguments);
        this.errcode = errcode;
        this.outcome = outcome;
        this.detail = detail;
    }

    /** The number that WeChat gave, or null where it gave none. */
    public @Nullable Integer errcode() {
        return errcode;
    }

    /** How metrics name this kind of failure. */
    public String outcome() {
        return outcome;
    }

    @Override
    public String getMessage() {
        return super.getMessage() + ": " + detail + (errcode == null ? "" : ", WeChat errcode " + errcode);
    }

    /** The code is invalid, used or expired; the mini-program has to get a new one. */
    public static final class CodeRejected extends WechatFailure {

        /** @param errcode WeChat's number, or null when the code could not be sent at all */
        public CodeRejected(@Nullable Integer errcode) {
            super(new ErrorCode(40001), "code_rejected", null, errcode, "the code is invalid, used or expired");
        }
    }

    /** A value of the request breaks a rule of WeChat's; the same request never succeeds. */
    public static final class BadArgument extends WechatFailure {

        /** @param errcode WeChat's number */
        public BadArgument(int errcode) {
            super(
                    new ErrorCode(40010),
                    "bad_argument",
                    null,
                    errcode,
                    "WeChat does not take a value of the request",
                    Reason.of("wechat-refused-value", Integer.toString(errcode)));
        }

        /** @param rule the rule that a value breaks, found before WeChat was asked */
        public BadArgument(Reason rule) {
            super(new ErrorCode(40010), "bad_argument", null, null, "a value breaks the rule " + rule.key(), rule);
        }
    }

    /** The user has not used the mini-program lately, so WeChat answers nothing about them. */
    public static final class UserInactive extends WechatFailure {

        /** @param errcode WeChat's number */
        public UserInactive(int errcode) {
            super(new ErrorCode(40011), "user_inactive", null, errcode, "the user has not used the app lately");
        }
    }

    /** The user does not want such messages, or has not granted one more of them. */
    public static final class SubscriptionRefused extends WechatFailure {

        /** @param errcode WeChat's number */
        public SubscriptionRefused(int errcode) {
            super(
                    new ErrorCode(40012),
                    "subscription_refused",
                    null,
                    errcode,
                    "the user granted no message of this template");
        }
    }

    /** The session key is dead or was never the user's: the user has to log in again. */
    public static final class SessionDead extends WechatFailure {

        /** @param errcode WeChat's number */
        public SessionDead(int errcode) {
            super(new ErrorCode(40013), "session_dead", null, errcode, "the session key is not the live one");
        }
    }

    /** WeChat does not know this user in this app. */
    public static final class UserUnknown extends WechatFailure {

        /** @param errcode WeChat's number */
        public UserUnknown(int errcode) {
            super(new ErrorCode(40014), "user_unknown", null, errcode, "WeChat does not know the user");
        }
    }

    /** WeChat refuses to send or show a text because of what it says. */
    public static final class ContentRefused extends WechatFailure {

        /** @param errcode WeChat's number */
        public ContentRefused(int errcode) {
            super(new ErrorCode(40015), "content_refused", null, errcode, "WeChat refuses the content");
        }
    }

    /** WeChat has nothing under the name that was asked for: an order, a template, a link or a request of before. */
    public static final class NothingThere extends WechatFailure {

        /**
         * @param errcode WeChat's number
         * @param retryAfter when it may be there, or null where waiting does not help
         */
        public NothingThere(int errcode, @Nullable Duration retryAfter) {
            super(new ErrorCode(40016), "nothing_there", retryAfter, errcode, "WeChat has nothing of that name");
        }
    }

    /** The order is in a state in which its shipping may not be told or changed. */
    public static final class NotShippable extends WechatFailure {

        /** @param errcode WeChat's number */
        public NotShippable(int errcode) {
            super(new ErrorCode(40017), "not_shippable", null, errcode, "the order may not be shipped, or not again");
        }
    }

    /** The user has no unionId that WeChat would tell. */
    public static final class NoUnionId extends WechatFailure {

        /** @param errcode WeChat's number */
        public NoUnionId(int errcode) {
            super(new ErrorCode(40018), "no_union_id", null, errcode, "the app is bound to no Open Platform account");
        }
    }

    /** WeChat holds the user for a risk. */
    public static final class UserBlocked extends WechatFailure {

        /** @param errcode WeChat's number */
        public UserBlocked(int errcode) {
            super(new ErrorCode(40301), "user_blocked", null, errcode, "the user is blocked");
        }
    }

    /** The user logs in too often. */
    public static final class TooManyLogins extends WechatFailure {

        private static final Duration NEXT_MINUTE = Duration.ofMinutes(1);

        /** @param errcode WeChat's number */
        public TooManyLogins(int errcode) {
            super(new ErrorCode(42901), "too_frequent", NEXT_MINUTE, errcode, "the user logs in too often");
        }
    }

    /** This app has used up what WeChat lets it do in a minute or a day. */
    public static final class QuotaUsedUp extends WechatFailure {

        /**
         * @param errcode WeChat's number
         * @param retryAfter when the next period may have begun
         */
        public QuotaUsedUp(int errcode, Duration retryAfter) {
            super(
                    new ErrorCode(42902),
                    "quota_used_up",
                    retryAfter,
                    errcode,
                    "the app's quota of this call is used up");
        }
    }

    /** WeChat refuses this app, its secret or its address: people have to act, trying again does not help. */
    public static final class Refused extends WechatFailure {

        /** @param errcode WeChat's number */
        public Refused(int errcode) {
            super(new ErrorCode(50201), "refused", null, errcode, "WeChat refused the call");
        }
    }

    /** WeChat's answer makes no sense. */
    public static final class Unintelligible extends WechatFailure {

        private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

        /** @param detail what is wrong with the answer, without any of its values */
        public Unintelligible(String detail) {
            super(new ErrorCode(50202), "unintelligible", RETRY_AFTER, null, detail);
        }
    }

    /** WeChat does not let this app make the call: the account lacks the right, or it was taken away. */
    public static final class NotAuthorised extends WechatFailure {

        /** @param errcode WeChat's number */
        public NotAuthorised(int errcode) {
            super(new ErrorCode(50203), "not_authorised", null, errcode, "the app has no right to the call");
        }
    }

    /** This app has as many of these as WeChat lets it ever have, such as templates or permanent codes. */
    public static final class LimitReached extends WechatFailure {

        /** @param errcode WeChat's number */
        public LimitReached(int errcode) {
            super(new ErrorCode(50204), "limit_reached", null, errcode, "the app may have no more of these");
        }
    }

    /** The encryption or signature between this server and WeChat does not fit: keys, serials or clocks need a look. */
    public static final class SecurityBroken extends WechatFailure {

        /**
         * @param errcode WeChat's number, or null where this server refused WeChat's answer
         * @param detail what does not fit, without any value
         */
        public SecurityBroken(@Nullable Integer errcode, String detail) {
            super(new ErrorCode(50205), "security_broken", null, errcode, detail);
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
            super(new ErrorCode(50301), "unavailable", retryAfter, errcode, detail);
            this.untouched = untouched;
        }

        /** Whether the call certainly had no effect, so that it may be repeated. */
        public boolean untouched() {
            return untouched;
        }
    }
}
