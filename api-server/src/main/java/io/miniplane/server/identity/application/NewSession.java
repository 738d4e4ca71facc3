package io.miniplane.server.identity.application;

import io.miniplane.server.identity.domain.RefreshToken;
import io.miniplane.server.platform.security.SessionId;
import io.miniplane.server.platform.security.UserId;
import io.miniplane.server.wechat.WechatSession;
import java.time.Duration;

/**
 * A session about to be opened.
 *
 * @param id its id
 * @param newcomer the id of the user if they are not known yet
 * @param wechat who WeChat says it is
 * @param refreshToken the first refresh token
 * @param refreshLifetime how long that lasts
 */
public record NewSession(
        SessionId id, UserId newcomer, WechatSession wechat, RefreshToken refreshToken, Duration refreshLifetime) {}
