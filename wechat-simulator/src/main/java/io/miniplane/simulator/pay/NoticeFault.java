package io.miniplane.simulator.pay;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What goes wrong with deliveries of a notification, on purpose. */
public enum NoticeFault {
    /** They never arrive. */
    LOSE("lose"),
    /** They begin only after the first pause of the schedule. */
    DELAY("delay"),
    /** They wait until another notification has come to its end. */
    REORDER("reorder"),
    /** They are repeated byte by byte after success. */
    DUPLICATE("duplicate"),
    /** They are signed by somebody else under WeChat Pay's name. */
    FORGE("forge"),
    /** They are signed under a name that nobody has. */
    UNKNOWN_SERIAL("unknown-serial"),
    /** They were signed 10 minutes ago. */
    OLD_TIMESTAMP("old-timestamp"),
    /** They are probes of WeChat Pay's, whether wrong signatures are noticed. */
    SIGNTEST("signtest"),
    /** They tell 1 fen more than was paid. */
    WRONG_AMOUNT("wrong-amount"),
    /** They tell of another merchant. */
    WRONG_MERCHANT("wrong-merchant"),
    /** They tell of an app of somebody else. */
    WRONG_APP("wrong-app"),
    /** They tell of an order that there is not. */
    WRONG_ORDER("wrong-order"),
    /** They are enciphered under another API v3 key. */
    WRONG_KEY("wrong-key");

    private final String text;

    NoticeFault(String text) {
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
    public static NoticeFault of(String text) {
        return Arrays.stream(values())
                .filter(fault -> fault.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The fault of a notification is one of "
                        + Arrays.stream(values()).map(NoticeFault::text).toList() + "."));
    }

    /** What it does to signatures. */
    @Nullable
    AnswerFault ofSignature() {
        return switch (this) {
            case FORGE -> AnswerFault.FORGED;
            case UNKNOWN_SERIAL -> AnswerFault.UNKNOWN_SERIAL;
            case OLD_TIMESTAMP -> AnswerFault.OLD_TIMESTAMP;
            case SIGNTEST -> AnswerFault.SIGNTEST;
            default -> null;
        };
    }
}
