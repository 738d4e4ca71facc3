package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.WechatFailure;
import java.time.Duration;
import java.util.Set;

/** What WeChat's error numbers mean, whatever the call. */
final class Errcodes {

    private static final Set<Integer> TOKEN_NO_GOOD = Set.of(40001, 40014, 42001);

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration NEXT_MINUTE = Duration.ofMinutes(1);
    private static final Duration LATER_TODAY = Duration.ofHours(1);

    private Errcodes() {}

    static WechatFailure failure(int errcode) {
        return switch (errcode) {
            case -1 -> new WechatFailure.Unavailable("WeChat is busy", errcode, SOON, true);
            case 44990 -> new WechatFailure.Unavailable("WeChat is called too often", errcode, SOON, false);
            case 44991, 45011 -> new WechatFailure.QuotaUsedUp(errcode, NEXT_MINUTE);
            case 44993, 45009 -> new WechatFailure.QuotaUsedUp(errcode, LATER_TODAY);
            case 40003 -> new WechatFailure.UserUnknown(errcode);
            case 40097, 40066, 40129, 47001, 47003 -> new WechatFailure.BadArgument(errcode);
            case 61010 -> new WechatFailure.UserInactive(errcode);
            case 43104, 48001 -> new WechatFailure.NotAuthorised(errcode);
            default ->
                errcode >= 40230 && errcode <= 40240
                        ? new WechatFailure.SecurityBroken(errcode, "WeChat refuses the encryption or signature")
                        : new WechatFailure.Refused(errcode);
        };
    }

    /** Whether this failure says that the access token is no good: unknown or superseded, malformed, or expired. */
    static boolean blamesToken(Throwable failure) {
        Integer errcode = failure instanceof WechatFailure.Refused refused ? refused.errcode() : null;
        return errcode != null && blameToken(errcode);
    }

    /** Whether this number says so. */
    static boolean blameToken(int errcode) {
        return TOKEN_NO_GOOD.contains(errcode);
    }
}
