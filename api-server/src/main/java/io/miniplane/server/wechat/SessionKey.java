package io.miniplane.server.wechat;

/** The key of a WeChat session, as base64 text; it never shows in a log. */
public record SessionKey(String base64) {

    /** The base64 text. */
    public String reveal() {
        return base64;
    }

    @Override
    public String toString() {
        return "SessionKey[redacted]";
    }
}
