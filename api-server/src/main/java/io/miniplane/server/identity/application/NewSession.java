package io.miniplane.server.identity.application;

import io.miniplane.server.identity.domain.ClientKind;
import io.miniplane.server.identity.domain.RefreshToken;
import io.miniplane.server.platform.security.SessionId;
import io.miniplane.server.platform.security.UserId;
import io.miniplane.server.wechat.WechatSession;

/**
 * A session about to be opened.
 *
 * @param id its id
 * @param newcomer the id of the user if they are not known yet
 * @param wechat who WeChat says it is
 * @param client from what it is opened
 * @param refreshToken the first refresh token
 */
public record NewSession(
        SessionId id, UserId newcomer, WechatSession wechat, ClientKind client, RefreshToken refreshToken) {

    @Override
    public String toString() {
        return "NewSession[redacted]";
    }
}
