package io.miniplane.simulator.push;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What is wrong with a push on purpose. */
public enum PushFault {
    /** Signed with another token. */
    WRONG_SIGNATURE("wrong-signature"),
    /** Enciphered with another key, but signed rightly. */
    WRONG_KEY("wrong-key"),
    /** Enciphered for another app, but signed rightly. */
    WRONG_APP("wrong-app"),
    /** The second half of the body is missing. */
    TRUNCATED("truncated"),
    /** The time stamp is an hour old. */
    STALE("stale"),
    /** Two million characters long. */
    OVERSIZED("oversized");

    private final String text;

    PushFault(String text) {
        this.text = text;
    }

    /**
     * The fault of this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static PushFault of(String text) {
        return Arrays.stream(values())
                .filter(fault -> fault.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The \"fault\" of a push is one of "
                        + Arrays.stream(values()).map(PushFault::text).collect(Collectors.joining(", ")) + "."));
    }

    /** The name in the control API. */
    public String text() {
        return text;
    }

    boolean needsCipher() {
        return this == WRONG_KEY || this == WRONG_APP;
    }
}
