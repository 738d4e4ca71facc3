package io.miniplane.simulator.push;

/** How a pushed message is enclosed; the names are those that the console of WeChat shows. */
public enum PushMode {
    /** In clear. */
    Plain,
    /** In clear and enciphered beside it. */
    Compatible,
    /** Only enciphered. */
    Safe;

    boolean enciphers() {
        return this != Plain;
    }
}
