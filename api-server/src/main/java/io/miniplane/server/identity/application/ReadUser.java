package io.miniplane.server.identity.application;

import io.miniplane.server.identity.domain.KnownUser;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.audit.StaffAccess;
import io.miniplane.server.platform.security.UserId;
import reactor.core.publisher.Mono;

/** Shows staff one user. */
public final class ReadUser {

    private static final ErrorCode NO_SUCH_USER = new ErrorCode(40403);

    private final KnownUsers users;

    /** Reads from the users that are kept. */
    public ReadUser(KnownUsers users) {
        this.users = users;
    }

    /** The user, live or deleted; 40403 where there never was one. */
    public Mono<KnownUser> read(UserId id, StaffAccess access) {
        return users.find(id, access).switchIfEmpty(Mono.error(ReadUser::noSuchUser));
    }

    static Failure noSuchUser() {
        return new Failure(NO_SUCH_USER);
    }
}
