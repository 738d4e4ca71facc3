package io.miniplane.server.identity.application;

import java.time.Instant;

/**
 * A token as the client gets it.
 *
 * @param text the signed token; never logged
 * @param expiresAt from when on it opens nothing
 */
public record AccessToken(String text, Instant expiresAt) {

    @Override
    public String toString() {
        return "AccessToken[redacted]";
    }
}
