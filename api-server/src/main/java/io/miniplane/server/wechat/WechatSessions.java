package io.miniplane.server.wechat;

import reactor.core.publisher.Mono;

/** Asks about and renews the sessions that WeChat keeps of users. */
public interface WechatSessions {

    /**
     * Whether this key is the live one of the user.
     *
     * @return false when the user has to log in again; or a {@link WechatFailure}
     */
    Mono<Boolean> isAlive(String openId, SessionKey key);

    /**
     * Replaces the live key. The old one dies at once; the new one lives as long as the old one would have.
     *
     * @return the new key, or a {@link WechatFailure}; {@link WechatFailure.SessionDead} when the key is not the live one
     */
    Mono<SessionKey> reset(String openId, SessionKey key);
}
