package io.miniplane.server.identity.application;

import io.miniplane.server.platform.security.UserId;
import reactor.core.publisher.Mono;

/** Who of the users that are kept has which openid. */
public interface OpenIds {

    /** The user with this openid, or empty where there is none. */
    Mono<UserId> find(String openId);
}
