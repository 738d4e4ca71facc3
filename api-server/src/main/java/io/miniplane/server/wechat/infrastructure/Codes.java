package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.WechatFailure;

/** One-time codes as mini-programs send them. */
final class Codes {

    private static final int LONGEST = 512;

    private Codes() {}

    /** @throws WechatFailure.CodeRejected when it cannot be a code, so that WeChat need not be asked */
    static void check(String code) {
        if (code.isBlank() || code.length() > LONGEST) {
            throw new WechatFailure.CodeRejected(null);
        }
    }
}
