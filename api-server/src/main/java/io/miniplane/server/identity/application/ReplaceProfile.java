package io.miniplane.server.identity.application;

import io.miniplane.server.identity.application.KnownUsers.Change;
import io.miniplane.server.identity.domain.KnownUser;
import io.miniplane.server.identity.domain.Profile;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.audit.StaffAccess;
import io.miniplane.server.platform.security.UserId;
import reactor.core.publisher.Mono;

/** Replaces the profile of a user on behalf of staff, unless it has changed since they saw it. */
public final class ReplaceProfile {

    private static final ErrorCode STALE = new ErrorCode(40920);

    private final KnownUsers users;

    /** Writes to the users that are kept. */
    public ReplaceProfile(KnownUsers users) {
        this.users = users;
    }

    /** The user with the new profile; 40403 where there is no such live user, 40920 where the profile is of another version. */
    public Mono<KnownUser> replace(UserId id, Profile profile, long version, StaffAccess access) {
        return users.replaceProfile(id, profile, version, access).map(ReplaceProfile::changed);
    }

    private static KnownUser changed(Change change) {
        KnownUser user = change.user();
        if (user == null) {
            throw change.found() ? new Failure(STALE) : ReadUser.noSuchUser();
        }
        return user;
    }
}
