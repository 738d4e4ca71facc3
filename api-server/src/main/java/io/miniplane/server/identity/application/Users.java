package io.miniplane.server.identity.application;

import io.miniplane.server.identity.domain.Phone;
import io.miniplane.server.identity.domain.Profile;
import io.miniplane.server.identity.domain.User;
import io.miniplane.server.platform.security.SessionId;
import io.miniplane.server.platform.security.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The users that are kept; a deleted one is not found. */
public interface Users {

    /** A user, or empty where there is none. */
    Mono<User> find(UserId id);

    /** Replaces the whole profile, which is not verified from then on; empty where there is no such user. */
    Mono<User> replaceProfile(UserId id, Profile profile);

    /**
     * Replaces the whole profile by one that WeChat signed; empty where there is no such user.
     *
     * @param unionId the user across apps as WeChat told it with the profile, or null where it did not
     */
    Mono<User> verifyProfile(UserId id, Profile profile, @Nullable String unionId);

    /** Binds a phone number in place of any before; empty where there is no such user. */
    Mono<User> bindPhone(UserId id, Phone phone);

    /** Forgets the phone number; empty where there is no such user. */
    Mono<User> unbindPhone(UserId id);

    /** Deletes a user softly: shreds what is personal, ends every session, and tells which ones it ended. Again it changes nothing. */
    Flux<SessionId> delete(UserId id);
}
