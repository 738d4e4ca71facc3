package io.miniplane.server.wechat;

import java.util.Objects;

/** The key of a WeChat session, base64 text of 16 bytes; it shows in no log. */
public final class SessionKey {

    private final String base64;

    /** A key as WeChat sent it. */
    public SessionKey(String base64) {
        this.base64 = Objects.requireNonNull(base64);
    }

    /** The base64 text, to be encrypted or to verify a signature with, and for nothing else. */
    public String reveal() {
        return base64;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionKey key && key.base64.equals(base64);
    }

    @Override
    public int hashCode() {
        return base64.hashCode();
    }

    @Override
    public String toString() {
        return "SessionKey[redacted]";
    }
}
