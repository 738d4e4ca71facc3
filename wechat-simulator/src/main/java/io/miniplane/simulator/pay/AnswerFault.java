package io.miniplane.simulator.pay;

import java.util.Arrays;

/** What is wrong with the signature of an answer, on purpose. */
public enum AnswerFault {
    /** There is none. */
    UNSIGNED("unsigned"),
    /** By a key that is not WeChat Pay's, under the name of one that is. */
    FORGED("forged"),
    /** By a key of an unknown name. */
    UNKNOWN_SERIAL("unknown-serial"),
    /** Made 10 minutes ago. */
    OLD_TIMESTAMP("old-timestamp"),
    /** A probe of WeChat Pay's, whether wrong signatures are noticed. */
    SIGNTEST("signtest");

    private final String text;

    AnswerFault(String text) {
        this.text = text;
    }

    /** The name in the control API. */
    public String text() {
        return text;
    }

    /**
     * The fault of a name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static AnswerFault of(String text) {
        return Arrays.stream(values())
                .filter(fault -> fault.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The fault of an answer is one of "
                        + Arrays.stream(values()).map(AnswerFault::text).toList() + "."));
    }
}
