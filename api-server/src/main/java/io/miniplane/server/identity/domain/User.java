package io.miniplane.server.identity.domain;

import io.miniplane.server.platform.security.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user of the mini-program.
 *
 * @param id who it is
 * @param profile what they tell about themselves
 * @param verifiedAt since when the profile is the one that WeChat signed, or null where it is not
 * @param phone the number that they have bound, or null
 * @param createdAt when they logged in for the first time
 */
public record User(
        UserId id,
        Profile profile,
        @Nullable Instant verifiedAt,
        @Nullable BoundPhone phone,
        Instant createdAt) {

    /** Whether WeChat vouches for the profile as it is. */
    public boolean isVerified() {
        return verifiedAt != null;
    }
}
