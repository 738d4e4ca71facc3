package io.miniplane.server.wechat.infrastructure;

import java.util.Locale;

/** Calls that fail together: each group has its own limit of concurrency and its own circuit breaker. */
enum CallGroup {
    /** Logins, which need no access token. */
    LOGIN,
    /** The access token. */
    TOKEN,
    /** What needs an access token. */
    API;

    /** How metrics name the group's protection. */
    String id() {
        return "wechat-" + name().toLowerCase(Locale.ROOT);
    }
}
