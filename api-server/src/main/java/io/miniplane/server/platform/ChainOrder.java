package io.miniplane.server.platform;

/**
 * The order of the web filters that every request passes, lowest first. The trace itself begins before the first filter and the access line is
 * written after the last; a filter of a module takes a place between two of these.
 */
public final class ChainOrder {

    /** Trace id and request id are known from here on. */
    public static final int TRACE = -400;

    /** The {@link ClientOrigin} is known from here on. */
    public static final int ORIGIN = -350;

    /** Addresses that ask too often are turned away. */
    public static final int RATE_LIMIT = -300;

    /** What goes on to the team's own container is told apart from what is answered here; who brings a fresh login code is logged in. */
    public static final int GATEWAY = -200;

    /** Authentication, then authorisation; the value that Spring Security gives its chain. */
    public static final int SECURITY = -100;

    /** The caller, now known, is noted for the log lines. */
    public static final int CALLER = -50;

    /** Users that ask too often are turned away, from whatever address; their log lines name them. */
    public static final int USER_RATE_LIMIT = -40;

    /** Bodies that are too large are refused. */
    public static final int BODY_LIMIT = 0;

    private ChainOrder() {}
}
