package io.miniplane.server.identity;

import io.miniplane.server.platform.security.UserId;
import reactor.core.publisher.Mono;

/** Tells other modules what WeChat is told of a user; the openid never leaves the server but to WeChat. */
public interface UsersAtWechat {

    /** The openid of a user; empty where the account is deleted or was never there. */
    Mono<String> openId(UserId user);

    /** The bound phone number as WeChat may have it of a parcel, {@code 138****1234}; empty where there is none. */
    Mono<String> maskedPhone(UserId user);
}
