package io.miniplane.server.wechat;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;

/**
 * Data that the mini-program got from WeChat is not taken. It says what the mini-program has to do next and nothing of the key, the plaintext, or
 * how far the check came; there is no cause, for a cause would.
 */
public final class UserDataRefused extends Failure {

    private final Ground ground;

    private UserDataRefused(Ground ground) {
        super(code(ground));
        this.ground = ground;
    }

    /**
     * The key of the session neither opens nor signs it: another key made it, or it was changed on the way. Which of them it was, and whether the
     * padding, the text or the signature gave it away, is not told.
     */
    public static UserDataRefused notOfThisSession() {
        return new UserDataRefused(Ground.NOT_OF_THIS_SESSION);
    }

    /** WeChat made it too long ago, or at a time that is yet to come. */
    public static UserDataRefused stale() {
        return new UserDataRefused(Ground.STALE);
    }

    /** It is genuine, but it was made for another app or another user, or its parts tell different things. */
    public static UserDataRefused notTheirs() {
        return new UserDataRefused(Ground.NOT_THEIRS);
    }

    /** What is wrong with it. */
    public Ground ground() {
        return ground;
    }

    private static ErrorCode code(Ground ground) {
        return switch (ground) {
            case NOT_OF_THIS_SESSION -> new ErrorCode(40030);
            case STALE -> new ErrorCode(40031);
            case NOT_THEIRS -> new ErrorCode(40032);
        };
    }

    /** What is wrong with data, as far as it is told. */
    public enum Ground {
        /** The mini-program calls {@code wx.login}, logs in again, and gets the data anew. */
        NOT_OF_THIS_SESSION,
        /** The mini-program gets the data anew. */
        STALE,
        /** Nothing helps: a mini-program that only hands on what WeChat gave it never sees this. */
        NOT_THEIRS
    }
}
