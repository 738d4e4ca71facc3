package io.miniplane.server.feature;

import io.miniplane.server.platform.security.UserId;
import reactor.core.publisher.Mono;

/** Tells other modules which features are on for a user, by the flags as they are at this moment. */
public interface Features {

    /**
     * Whether a feature is on for a user. What is not in the flags, is no switch or cannot be decided is off, and so is everything that picks users for
     * an account that is deleted; the error of a database that does not answer passes through. The database is asked only where the flag picks users.
     */
    Mono<Boolean> isOn(UserId user, String feature);
}
