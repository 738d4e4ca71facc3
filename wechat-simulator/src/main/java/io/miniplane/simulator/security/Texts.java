package io.miniplane.simulator.security;

/** The texts that are signed, and that encryption is bound to. */
final class Texts {

    private Texts() {}

    static String toSign(String address, String appId, long timestamp, String body) {
        return address + "\n" + appId + "\n" + timestamp + "\n" + body;
    }

    static String toBind(String address, String appId, long timestamp, String serial) {
        return address + "|" + appId + "|" + timestamp + "|" + serial;
    }
}
