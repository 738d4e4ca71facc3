package io.miniplane.server.identity.domain;

import io.miniplane.server.platform.security.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user as the backend knows them, for staff; of a deleted one only id and times are left.
 *
 * @param id who it is
 * @param openId the user of this mini-program at WeChat, or null where the account was deleted
 * @param unionId the user across apps, or null where WeChat has not told
 * @param profile what they tell about themselves
 * @param verified whether WeChat vouches for the profile
 * @param phone the number that they have bound, or null
 * @param times when they came, were last here, and left
 * @param version counts the changes of the profile, from 1
 */
public record KnownUser(
        UserId id,
        @Nullable String openId,
        @Nullable String unionId,
        Profile profile,
        boolean verified,
        @Nullable Phone phone,
        Times times,
        long version) {

    @Override
    public String toString() {
        return "KnownUser[" + id + "]";
    }

    /**
     * The times of an account.
     *
     * @param createdAt when it began
     * @param lastLoginAt when the user logged in for the last time; when it began, where they never have
     * @param deletedAt when it was deleted, or null
     */
    public record Times(
            Instant createdAt,
            Instant lastLoginAt,
            @Nullable Instant deletedAt) {}
}
