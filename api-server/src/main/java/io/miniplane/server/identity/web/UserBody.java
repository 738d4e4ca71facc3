package io.miniplane.server.identity.web;

import io.miniplane.server.identity.domain.Profile;
import io.miniplane.server.identity.domain.User;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user as they see themselves; {@code createdAt} is UTC in ISO 8601. */
record UserBody(
        UUID userId,
        @Nullable String nickname,
        @Nullable String avatarUrl,
        @Nullable String language,
        Instant createdAt) {

    static UserBody of(User user) {
        Profile profile = user.profile();
        return new UserBody(
                user.id().value(), profile.nickname(), profile.avatarUrl(), profile.language(), user.createdAt());
    }

    @Override
    public String toString() {
        return "UserBody[redacted]";
    }
}
