package io.miniplane.server.wechat.infrastructure;

import java.time.Instant;

/**
 * An access token.
 *
 * @param value what opens the API
 * @param expiresAt when its life ends, unless something ends it sooner
 */
record AccessToken(String value, Instant expiresAt) {

    boolean isSameAs(AccessToken other) {
        return value.equals(other.value);
    }

    @Override
    public String toString() {
        return "AccessToken[redacted]";
    }
}
