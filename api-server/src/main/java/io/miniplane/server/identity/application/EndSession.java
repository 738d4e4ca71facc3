package io.miniplane.server.identity.application;

import io.miniplane.server.identity.domain.SessionEnd;
import io.miniplane.server.platform.security.SessionId;
import reactor.core.publisher.Mono;

/** Logs a user out: ends the session of the token that is presented. */
public final class EndSession {

    private final AccessTokens accessTokens;
    private final Sessions sessions;
    private final EndedSessions ended;

    /** Ends sessions in the store and makes it known. */
    public EndSession(AccessTokens accessTokens, Sessions sessions, EndedSessions ended) {
        this.accessTokens = accessTokens;
        this.sessions = sessions;
        this.ended = ended;
    }

    /** Ends the session of a genuine access token; again it changes nothing. A failure is one of {@link AccessTokens#read}. */
    public Mono<Void> end(String accessToken) {
        return Mono.fromCallable(() -> accessTokens.read(accessToken).sessionId())
                .flatMap(this::end);
    }

    private Mono<Void> end(SessionId session) {
        return sessions.end(session, SessionEnd.LOGGED_OUT).then(Mono.fromRunnable(() -> ended.add(session)));
    }
}
