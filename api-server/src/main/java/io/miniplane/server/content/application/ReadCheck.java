package io.miniplane.server.content.application;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.UserId;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Tells the owner how the check of a file stands. */
public final class ReadCheck {

    private static final ErrorCode UNKNOWN = new ErrorCode(40410);

    private final Checks checks;

    /** Reads from the checks that are kept. */
    public ReadCheck(Checks checks) {
        this.checks = checks;
    }

    /** The check; 40410 where there is none, or it is somebody else's, or it was forgotten after its time. */
    public Mono<ContentCheck> read(UUID id, UserId owner) {
        return checks.find(id, owner).switchIfEmpty(Mono.error(() -> new Failure(UNKNOWN)));
    }
}
