package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.WechatFailure;
import java.time.Duration;
import java.util.Set;

/** What WeChat's error numbers mean, whatever the call. */
final class Errcodes {

    private static final int BUSY = -1;
    private static final int TOO_MANY_PER_SECOND = 44990;
    private static final int TOO_MANY_PER_MINUTE = 45011;

    private static final Set<Integer> TOKEN_NO_GOOD = Set.of(40001, 40014, 42001);

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration NEXT_MINUTE = Duration.ofMinutes(1);

    private Errcodes() {}

    static WechatFailure failure(int errcode) {
        return switch (errcode) {
            case BUSY -> new WechatFailure.Unavailable("WeChat is busy", errcode, SOON, true);
            case TOO_MANY_PER_SECOND ->
                new WechatFailure.Unavailable("WeChat is called too often", errcode, SOON, false);
            case TOO_MANY_PER_MINUTE ->
                new WechatFailure.Unavailable("WeChat is called too often", errcode, NEXT_MINUTE, false);
            default -> new WechatFailure.Refused(errcode);
        };
    }

    /** Whether this failure says that the access token is no good: unknown or superseded, malformed, or expired. */
    static boolean blamesToken(Throwable failure) {
        Integer errcode = failure instanceof WechatFailure.Refused refused ? refused.errcode() : null;
        return errcode != null && TOKEN_NO_GOOD.contains(errcode);
    }
}
