package io.miniplane.server.identity.web;

import io.miniplane.server.identity.domain.KnownUser;
import io.miniplane.server.identity.domain.Phone;
import io.miniplane.server.identity.domain.Profile;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.Role;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user as staff sees them: nickname and phone masked, no avatar, and who they are at WeChat only where the caller runs the shop. Times are UTC in
 * ISO 8601.
 */
record KnownUserBody(
        UUID userId,
        @Nullable String openId,
        @Nullable String unionId,
        @Nullable String nickname,
        @Nullable String phone,
        @Nullable String language,
        boolean verified,
        Instant createdAt,
        Instant lastLoginAt,
        @Nullable Instant deletedAt,
        long version) {

    private static final Set<Role> SEE_WECHAT_IDS = Set.of(Role.OPERATOR, Role.ADMIN);

    static KnownUserBody of(KnownUser user, Caller caller) {
        boolean all = caller.roles().stream().anyMatch(SEE_WECHAT_IDS::contains);
        Phone phone = user.phone();
        return new KnownUserBody(
                user.id().value(),
                all ? user.openId() : null,
                all ? user.unionId() : null,
                user.profile().maskedNickname(),
                phone == null ? null : phone.masked(),
                user.profile().language(),
                user.verified(),
                user.times().createdAt(),
                user.times().lastLoginAt(),
                user.times().deletedAt(),
                user.version());
    }

    @Override
    public String toString() {
        return "KnownUserBody[redacted]";
    }

    /** What was asked to be seen in the clear; what was not is null. */
    record Revealed(
            UUID userId,
            @Nullable String nickname,
            @Nullable String phone,
            @Nullable String avatarUrl) {

        static Revealed of(KnownUser user, Set<String> fields) {
            Profile profile = user.profile();
            Phone phone = user.phone();
            return new Revealed(
                    user.id().value(),
                    fields.contains("nickname") ? profile.nickname() : null,
                    fields.contains("phone") && phone != null ? phone.text() : null,
                    fields.contains("avatarUrl") ? profile.avatarUrl() : null);
        }

        @Override
        public String toString() {
            return "Revealed[redacted]";
        }
    }
}
