package io.miniplane.server.wechat.application;

import io.miniplane.server.wechat.domain.PushRefusal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What WeChat puts into the address of a push.
 *
 * @param signature over token, timestamp and nonce; or null
 * @param messageSignature over the same and the encrypted message; or null
 * @param timestamp Unix seconds, as it was written
 * @param nonce a random number, as it was written
 */
public record PushParameters(
        @Nullable String signature, @Nullable String messageSignature, String timestamp, String nonce) {

    private static final Pattern TIMESTAMP = Pattern.compile("[0-9]{1,12}");
    private static final Pattern NONCE = Pattern.compile("[0-9A-Za-z_-]{1,64}");
    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-fA-F]{40}");

    /**
     * The parameters of an address.
     *
     * @throws PushRefusal when one is absent or not well-formed
     */
    public static PushParameters of(
            @Nullable String signature,
            @Nullable String messageSignature,
            @Nullable String timestamp,
            @Nullable String nonce) {
        if (signature == null && messageSignature == null) {
            throw bad("signature");
        }
        optional("signature", signature);
        optional("msg_signature", messageSignature);
        return new PushParameters(
                signature,
                messageSignature,
                required("timestamp", timestamp, TIMESTAMP),
                required("nonce", nonce, NONCE));
    }

    /** When WeChat signed it, Unix seconds. */
    long seconds() {
        return Long.parseLong(timestamp);
    }

    private static void optional(String name, @Nullable String value) {
        if (value != null && !SIGNATURE.matcher(value).matches()) {
            throw bad(name);
        }
    }

    private static String required(String name, @Nullable String value, Pattern pattern) {
        if (value == null || !pattern.matcher(value).matches()) {
            throw bad(name);
        }
        return value;
    }

    private static PushRefusal bad(String name) {
        return PushRefusal.Reason.BAD_PARAMETER.refusal(name);
    }

    @Override
    public String toString() {
        return "PushParameters[redacted]";
    }
}
