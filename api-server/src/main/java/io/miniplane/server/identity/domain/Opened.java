package io.miniplane.server.identity.domain;

import io.miniplane.server.platform.security.SessionId;
import io.miniplane.server.platform.security.UserId;
import java.time.Duration;
import java.util.List;

/** What came of a login that WeChat has vouched for. */
public sealed interface Opened {

    /**
     * The session is open.
     *
     * @param userId whose it is
     * @param superseded their oldest sessions, which it ended because they had too many
     */
    record Session(UserId userId, List<SessionId> superseded) implements Opened {

        /** Keeps the sessions as they are now. */
        public Session {
            superseded = List.copyOf(superseded);
        }
    }

    /**
     * The user has logged in too often; no session was opened.
     *
     * @param retryAfter when they may log in again
     */
    record TooMany(Duration retryAfter) implements Opened {}
}
