package io.miniplane.server.content.application;

import io.miniplane.server.platform.security.UserId;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The checks of files that were asked for, and what WeChat told of them. */
public interface Checks {

    /** Keeps a new check under the name that WeChat gave it. */
    Mono<Void> add(ContentCheck check, String traceId);

    /** One of the owner's checks; empty where there is none of this id, or it is somebody else's. */
    Mono<ContentCheck> find(UUID id, UserId owner);

    /** Forgets every check of an owner, and what came of it. */
    Mono<Void> forget(UserId owner);

    /** Notes how the check of a name ended, which may not be kept yet or not be ours; a second time changes nothing. */
    Mono<Void> settle(String traceId, Outcome outcome);
}
