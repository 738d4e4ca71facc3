package io.miniplane.simulator.device;

import java.util.Arrays;

/** What is wrong with enciphered data on purpose. */
public enum Flaw {
    /** Enciphered and signed with the session key of the login before the last. */
    DEAD_KEY("dead-key"),
    /** Made for another app. */
    OTHER_APP("other-app"),
    /** Made a day ago. */
    OLD("old"),
    /** Signed with another key than it is enciphered with; phone numbers are not signed. */
    WRONG_SIGNATURE("wrong-signature");

    private final String text;

    Flaw(String text) {
        this.text = text;
    }

    /**
     * The flaw of this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Flaw of(String text) {
        return Arrays.stream(values())
                .filter(flaw -> flaw.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The \"flaw\" of enciphered data is dead-key, other-app, old or wrong-signature."));
    }
}
