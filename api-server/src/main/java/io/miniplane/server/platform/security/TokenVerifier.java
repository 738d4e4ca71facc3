package io.miniplane.server.platform.security;

/** Tells who holds an access token; it neither blocks nor waits. */
@FunctionalInterface
public interface TokenVerifier {

    /**
     * Verifies an access token.
     *
     * @throws io.miniplane.server.platform.Failure 401xx when the token opens nothing, with the code that says why
     */
    Caller verify(String token);
}
