package io.miniplane.server.platform.security;

import java.util.UUID;

/**
 * Identifies a session: what begins with a login and ends with a logout, a stolen refresh token or the end of the account.
 *
 * @param value a UUID of version 7
 */
public record SessionId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
