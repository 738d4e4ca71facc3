package io.miniplane.server.identity.domain;

import io.miniplane.server.platform.security.SessionId;
import io.miniplane.server.platform.security.UserId;

/** What came of presenting a refresh token. */
public sealed interface Refreshed {

    /**
     * The token was the newest of a live session; its successor is in force now.
     *
     * @param sessionId the session that goes on
     * @param userId whose session it is
     */
    record Continued(SessionId sessionId, UserId userId) implements Refreshed {}

    /**
     * The token belongs to a session that is over.
     *
     * @param sessionId the session
     * @param reason why it is over; {@link SessionEnd#REFRESH_REUSED} also where this very call ended it
     */
    record Ended(SessionId sessionId, SessionEnd reason) implements Refreshed {}

    /** No session has this token, or its time is over. */
    record Unknown() implements Refreshed {}
}
