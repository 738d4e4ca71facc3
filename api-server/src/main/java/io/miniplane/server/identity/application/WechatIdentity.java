package io.miniplane.server.identity.application;

import io.miniplane.server.wechat.SessionKey;

/**
 * Who a user is at WeChat in one session of ours.
 *
 * @param openId the user within this mini-program
 * @param sessionKey the key that WeChat had for the user when the session was opened
 */
public record WechatIdentity(String openId, SessionKey sessionKey) {

    @Override
    public String toString() {
        return "WechatIdentity[redacted]";
    }
}
