package io.miniplane.server.identity.application;

import io.miniplane.server.identity.domain.LiveSession;
import io.miniplane.server.identity.domain.Opened;
import io.miniplane.server.identity.domain.RefreshToken;
import io.miniplane.server.identity.domain.Refreshed;
import io.miniplane.server.identity.domain.SessionEnd;
import io.miniplane.server.platform.security.SessionId;
import io.miniplane.server.platform.security.UserId;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The sessions that are kept. Each method is one statement, so a client that hangs up leaves nothing half done. */
public interface Sessions {

    /**
     * Opens a session unless its user logs in too often, and ends their oldest ones where they have too many; whoever logs in for the first time
     * becomes a user.
     */
    Mono<Opened> open(NewSession session);

    /**
     * Puts the next refresh token in force if the presented one is the newest of a live session, and ends the session if it is an older one. Of
     * several calls with one token exactly one succeeds.
     *
     * @param presented the token that came
     * @param next its successor
     * @param lifetime how long the successor lasts
     */
    Mono<Refreshed> refresh(RefreshToken presented, RefreshToken next, Duration lifetime);

    /** Ends a session; one that is over already stays as it is. */
    Mono<Void> end(SessionId id, SessionEnd reason);

    /** The newest live sessions of a user, newest first. */
    Flux<LiveSession> live(UserId user);

    /** Ends a session of a user; one that is over already stays as it is. Empty where the user has no such session. */
    Mono<SessionId> endOwn(UserId user, SessionId id);

    /** Ends every session of a user but one, and tells which ones it ended. */
    Flux<SessionId> endOthers(UserId user, SessionId kept);

    /** Who a user is at WeChat in a live session; empty where the session is over or somebody else's. */
    Mono<WechatIdentity> wechatIdentity(UserId user, SessionId session);
}
