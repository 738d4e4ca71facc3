package io.miniplane.simulator.world;

/** What WeChat thinks of an access token. */
public enum TokenVerdict {
    /** It opens the API. */
    VALID,
    /** Unknown, or a newer one took its place. */
    NOT_NEWEST,
    /** It does not have the shape of a token. */
    MALFORMED,
    /** Its time is over. */
    EXPIRED
}
