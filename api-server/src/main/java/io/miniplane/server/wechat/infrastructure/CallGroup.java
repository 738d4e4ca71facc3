package io.miniplane.server.wechat.infrastructure;

import java.util.Locale;

/** Calls that fail together: each group has its own limit of concurrency and its own circuit breaker. */
enum CallGroup {
    /** Logins, which need no access token. */
    LOGIN,
    /** The access token. */
    TOKEN,
    /** Users, their sessions and keys. */
    SESSION,
    /** Phone numbers. */
    PHONE,
    /** Messages to users. */
    MESSAGES,
    /** The templates of messages. */
    TEMPLATES,
    /** Judgements on content. */
    CONTENT,
    /** Judgements on users. */
    RISK,
    /** Pictures that lead into the mini-program. */
    CODES,
    /** Addresses that lead into the mini-program. */
    LINKS,
    /** The shipping of orders. */
    SHIPPING,
    /** The use of the API itself. */
    MANAGEMENT,
    /** What the team's own container calls. */
    CONTAINER;

    /** How metrics name the group's protection. */
    String id() {
        return "wechat-" + name().toLowerCase(Locale.ROOT);
    }
}
