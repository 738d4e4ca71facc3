package io.miniplane.server.identity.application;

import io.miniplane.server.platform.audit.StaffAccess;
import io.miniplane.server.platform.security.UserId;
import reactor.core.publisher.Mono;

/** Deletes a user on behalf of staff: what is personal is shredded and every session ends. */
public final class DeleteUser {

    private final KnownUsers known;
    private final Users users;
    private final EndedSessions ended;

    /** Deletes from the users that are kept and makes the end of their sessions known. */
    public DeleteUser(KnownUsers known, Users users, EndedSessions ended) {
        this.known = known;
        this.users = users;
        this.ended = ended;
    }

    /** Deletes the user; again it changes nothing; 40403 where there never was one. The second step catches a login that was under way. */
    public Mono<Void> delete(UserId id, StaffAccess access) {
        return known.delete(id, access)
                .doOnNext(deletion -> deletion.ended().forEach(ended::add))
                .filter(KnownUsers.Deletion::found)
                .switchIfEmpty(Mono.error(ReadUser::noSuchUser))
                .thenMany(users.delete(id))
                .doOnNext(ended::add)
                .then();
    }
}
