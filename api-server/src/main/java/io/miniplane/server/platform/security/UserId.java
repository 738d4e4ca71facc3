package io.miniplane.server.platform.security;

import java.util.UUID;

/**
 * Identifies a user of this backend.
 *
 * @param value a UUID of version 7
 */
public record UserId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
