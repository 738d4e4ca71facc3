package io.miniplane.server.identity.application;

import io.miniplane.server.identity.domain.User;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.UserId;
import reactor.core.publisher.Mono;

/** Reads a user's own profile. */
public final class ReadProfile {

    private static final ErrorCode SESSION_ENDED = new ErrorCode(40104);

    private final Users users;

    /** Reads from the users that are kept. */
    public ReadProfile(Users users) {
        this.users = users;
    }

    /** The user; 40104 where the account was deleted a moment ago, for that ended the session too. */
    public Mono<User> read(UserId id) {
        return users.find(id).switchIfEmpty(gone());
    }

    static Mono<User> gone() {
        return Mono.error(() -> new Failure(SESSION_ENDED));
    }
}
