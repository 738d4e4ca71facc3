package io.miniplane.server.identity.domain;

/** Why a session has ended; the names are stored. */
public enum SessionEnd {
    /** The user logged out. */
    LOGGED_OUT,
    /** A refresh token came a second time, so somebody else may have it. */
    REFRESH_REUSED,
    /** The user deleted the account. */
    ACCOUNT_DELETED
}
