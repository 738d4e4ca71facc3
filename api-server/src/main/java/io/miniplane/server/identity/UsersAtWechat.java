package io.miniplane.server.identity;

import io.miniplane.server.platform.security.UserId;
import reactor.core.publisher.Mono;

/** Tells other modules by which name WeChat knows a user; it never leaves the server but to WeChat. */
public interface UsersAtWechat {

    /** The openid of a user; empty where the account is deleted or was never there. */
    Mono<String> openId(UserId user);
}
