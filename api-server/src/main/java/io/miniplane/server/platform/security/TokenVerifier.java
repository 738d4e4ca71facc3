package io.miniplane.server.platform.security;

import reactor.core.publisher.Mono;

/** Tells who holds a token. */
@FunctionalInterface
public interface TokenVerifier {

    /**
     * Verifies a token, whoever it is of; it does not block.
     *
     * @return the holder, or a failure: 401xx when the token opens nothing, with the code that says why, 40300 when it is genuine and gives no
     *     role, 50306 when its issuer cannot be asked
     */
    Mono<? extends Caller> verify(String token);
}
