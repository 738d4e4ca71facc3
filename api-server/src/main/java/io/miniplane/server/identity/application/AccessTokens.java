package io.miniplane.server.identity.application;

import io.miniplane.server.platform.security.Caller;

/** Makes and reads access tokens. */
public interface AccessTokens {

    /** A new token that opens this backend for a user. */
    AccessToken issue(Caller.User user);

    /**
     * Who holds a token that is genuine and in time, whether or not its session is over.
     *
     * @throws io.miniplane.server.platform.Failure 40101 expired, 40102 not genuine, 40103 for another audience or of another issuer
     */
    Caller.User read(String token);
}
