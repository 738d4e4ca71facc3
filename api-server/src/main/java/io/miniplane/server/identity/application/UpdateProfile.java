package io.miniplane.server.identity.application;

import io.miniplane.server.identity.domain.Profile;
import io.miniplane.server.identity.domain.User;
import io.miniplane.server.platform.security.UserId;
import reactor.core.publisher.Mono;

/** Replaces a user's own profile. */
public final class UpdateProfile {

    private final Users users;

    /** Writes to the users that are kept. */
    public UpdateProfile(Users users) {
        this.users = users;
    }

    /** The user with the new profile; 40104 where the account was deleted a moment ago. */
    public Mono<User> update(UserId id, Profile profile) {
        return users.replaceProfile(id, profile).switchIfEmpty(ReadProfile.gone());
    }
}
