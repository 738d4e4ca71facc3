package io.miniplane.server.identity.web;

import io.miniplane.server.identity.domain.BoundPhone;
import io.miniplane.server.identity.domain.Profile;
import io.miniplane.server.identity.domain.User;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user as they see themselves; times are UTC in ISO 8601, {@code phone} is masked, {@code verified} says that WeChat vouches for the profile.
 */
record UserBody(
        UUID userId,
        @Nullable String nickname,
        @Nullable String avatarUrl,
        @Nullable String language,
        boolean verified,
        @Nullable String phone,
        @Nullable Instant phoneBoundAt,
        Instant createdAt) {

    static UserBody of(User user) {
        Profile profile = user.profile();
        BoundPhone bound = user.phone();
        return new UserBody(
                user.id().value(),
                profile.nickname(),
                profile.avatarUrl(),
                profile.language(),
                user.isVerified(),
                bound == null ? null : bound.phone().masked(),
                bound == null ? null : bound.boundAt(),
                user.createdAt());
    }

    @Override
    public String toString() {
        return "UserBody[redacted]";
    }
}
