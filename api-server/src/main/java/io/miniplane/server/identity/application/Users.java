package io.miniplane.server.identity.application;

import io.miniplane.server.identity.domain.Profile;
import io.miniplane.server.identity.domain.User;
import io.miniplane.server.platform.security.SessionId;
import io.miniplane.server.platform.security.UserId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The users that are kept; a deleted one is not found. */
public interface Users {

    /** A user, or empty where there is none. */
    Mono<User> find(UserId id);

    /** Replaces the whole profile; empty where there is no such user. */
    Mono<User> replaceProfile(UserId id, Profile profile);

    /** Deletes a user softly: shreds what is personal, ends every session, and tells which ones it ended. Again it changes nothing. */
    Flux<SessionId> delete(UserId id);
}
