package io.miniplane.server.identity.infrastructure;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.miniplane.server.identity.application.EndedSessions;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.SessionId;
import java.time.Duration;

/**
 * The ended sessions that an access token may still name. An entry goes when the last such token has expired; there is no other bound, for
 * forgetting one would let a token in.
 */
final class EndedSessionSet implements EndedSessions {

    private static final ErrorCode DATABASE_UNAVAILABLE = new ErrorCode(50302);

    private final Cache<SessionId, Boolean> ended;
    private volatile boolean complete;

    EndedSessionSet(Duration accessTokenLifetime) {
        ended = Caffeine.newBuilder()
                .expireAfterWrite(accessTokenLifetime.plusMinutes(1))
                .build();
    }

    @Override
    public void add(SessionId id) {
        ended.asMap().putIfAbsent(id, true);
    }

    /** From here on the set knows every session that ended before this process started. */
    void markComplete() {
        complete = true;
    }

    /**
     * Whether a session is over.
     *
     * @throws Failure 50302 as long as that cannot be told, because the database has not answered since the start
     */
    boolean contains(SessionId id) {
        if (!complete) {
            throw new Failure(DATABASE_UNAVAILABLE, Duration.ofSeconds(1), null);
        }
        return ended.getIfPresent(id) != null;
    }
}
