package io.miniplane.server.identity.application;

import io.miniplane.server.identity.domain.RefreshToken;
import io.miniplane.server.identity.domain.Refreshed;
import io.miniplane.server.identity.domain.SessionEnd;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.Caller;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Gives a session new tokens for its newest refresh token, and ends it when an older one comes: then somebody has stolen one. */
public final class RefreshSession {

    private static final ErrorCode SESSION_ENDED = new ErrorCode(40104);
    private static final ErrorCode UNKNOWN = new ErrorCode(40105);
    private static final ErrorCode REUSED = new ErrorCode(40106);

    private final Sessions sessions;
    private final EndedSessions ended;
    private final AccessTokens accessTokens;
    private final Duration lifetime;

    /** Gives each new refresh token the lifetime. */
    public RefreshSession(Sessions sessions, EndedSessions ended, AccessTokens accessTokens, Duration lifetime) {
        this.sessions = sessions;
        this.ended = ended;
        this.accessTokens = accessTokens;
        this.lifetime = lifetime;
    }

    /**
     * Refreshes a session.
     *
     * @return the new tokens, or a failure: 40104 session ended, 40105 unknown or expired, 40106 used before
     */
    public Mono<SessionTokens> refresh(String refreshToken) {
        return Mono.justOrEmpty(RefreshToken.parse(refreshToken))
                .switchIfEmpty(Mono.error(() -> new Failure(UNKNOWN)))
                .flatMap(presented -> refresh(presented.token(), presented.next()));
    }

    private Mono<SessionTokens> refresh(RefreshToken presented, RefreshToken.Issued next) {
        return sessions.refresh(presented, next.token(), lifetime).map(refreshed -> switch (refreshed) {
            case Refreshed.Continued session -> tokens(session, next.text());
            case Refreshed.Ended session -> throw refuse(session);
            case Refreshed.Unknown() -> throw new Failure(UNKNOWN);
        });
    }

    private SessionTokens tokens(Refreshed.Continued session, String refreshToken) {
        Caller.User caller = new Caller.User(session.userId(), session.sessionId());
        return new SessionTokens(accessTokens.issue(caller), session.userId(), refreshToken);
    }

    private Failure refuse(Refreshed.Ended session) {
        ended.add(session.sessionId());
        return new Failure(session.reason() == SessionEnd.REFRESH_REUSED ? REUSED : SESSION_ENDED);
    }
}
