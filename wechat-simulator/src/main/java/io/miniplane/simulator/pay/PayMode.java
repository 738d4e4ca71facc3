package io.miniplane.simulator.pay;

import java.util.Arrays;

/** By what a merchant knows WeChat Pay. */
public enum PayMode {
    /** By its public key alone, as merchants do since the end of 2024; certificates are not to be had. */
    PUBLIC_KEY("public-key"),
    /** By platform certificates alone. */
    CERTIFICATE("certificate"),
    /** While a merchant changes from certificates to the public key: both, and notifications come with either. */
    BOTH("both");

    private final String text;

    PayMode(String text) {
        this.text = text;
    }

    /** The name in the control API. */
    public String text() {
        return text;
    }

    /**
     * The mode of a name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static PayMode of(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.text.equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("The \"mode\" of WeChat Pay is public-key, certificate or both."));
    }
}
