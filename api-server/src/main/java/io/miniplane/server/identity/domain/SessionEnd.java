package io.miniplane.server.identity.domain;

/** Why a session has ended; the names are stored. */
public enum SessionEnd {
    /** The user logged out. */
    LOGGED_OUT,
    /** The user ended it from another session. */
    ENDED_BY_USER,
    /** The user logged in again and had too many sessions. */
    SUPERSEDED,
    /** A refresh token came a second time, so somebody else may have it. */
    REFRESH_REUSED,
    /** The user deleted the account. */
    ACCOUNT_DELETED
}
