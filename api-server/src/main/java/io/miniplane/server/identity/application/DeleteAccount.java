package io.miniplane.server.identity.application;

import io.miniplane.server.platform.security.UserId;
import reactor.core.publisher.Mono;

/** Deletes a user's own account: what is personal is shredded, every session ends, and a later login begins a new account. */
public final class DeleteAccount {

    private final Users users;
    private final EndedSessions ended;

    /** Deletes from the users that are kept and makes the end of their sessions known. */
    public DeleteAccount(Users users, EndedSessions ended) {
        this.users = users;
        this.ended = ended;
    }

    /** Deletes the account; again it changes nothing. */
    public Mono<Void> delete(UserId id) {
        return users.delete(id).doOnNext(ended::add).then();
    }
}
