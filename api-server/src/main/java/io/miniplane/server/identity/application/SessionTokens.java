package io.miniplane.server.identity.application;

import io.miniplane.server.platform.security.UserId;

/**
 * What a client gets by logging in or refreshing.
 *
 * @param accessToken opens the API
 * @param userId who logged in
 * @param refreshToken serves once to get the next pair; never logged
 */
public record SessionTokens(AccessToken accessToken, UserId userId, String refreshToken) {

    @Override
    public String toString() {
        return "SessionTokens[redacted]";
    }
}
