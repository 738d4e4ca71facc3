package io.miniplane.server.identity.application;

import io.miniplane.server.platform.security.SessionId;

/** The sessions whose access tokens must not open anything any more, though their time is not over. */
@FunctionalInterface
public interface EndedSessions {

    /** Lets this replica know at once; the others learn it from the database within seconds. */
    void add(SessionId id);
}
