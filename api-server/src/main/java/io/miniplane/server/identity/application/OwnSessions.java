package io.miniplane.server.identity.application;

import io.miniplane.server.identity.domain.LiveSession;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.SessionId;
import io.miniplane.server.platform.security.UserId;
import java.util.List;
import reactor.core.publisher.Mono;

/** Shows a user the sessions of their own account, and ends them. */
public final class OwnSessions {

    private static final ErrorCode NO_SUCH_SESSION = new ErrorCode(40401);

    private final Sessions sessions;
    private final EndedSessions ended;

    /** Ends sessions in the store and makes it known. */
    public OwnSessions(Sessions sessions, EndedSessions ended) {
        this.sessions = sessions;
        this.ended = ended;
    }

    /** The live sessions of a user, newest first; as many as may live at once. */
    public Mono<List<LiveSession>> list(UserId user) {
        return sessions.live(user).collectList();
    }

    /** Ends one session of the user, the calling one too if it is that; again it changes nothing. 40401 where the user has no such session. */
    public Mono<Void> end(UserId user, SessionId session) {
        return sessions.endOwn(user, session)
                .switchIfEmpty(Mono.error(() -> new Failure(NO_SUCH_SESSION)))
                .doOnNext(ended::add)
                .then();
    }

    /** Ends every session of the caller but the one that calls, and tells how many those were. */
    public Mono<Long> endOthers(Caller.User caller) {
        return sessions.endOthers(caller.userId(), caller.sessionId())
                .doOnNext(ended::add)
                .count();
    }
}
