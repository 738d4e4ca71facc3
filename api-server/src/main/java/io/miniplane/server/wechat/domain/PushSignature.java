package io.miniplane.server.wechat.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What WeChat signs pushes with: SHA-1 over the token and other parts, sorted as text. */
public final class PushSignature {

    private final String token;

    /** @param token what was agreed on with WeChat, a secret */
    public PushSignature(String token) {
        this.token = token;
    }

    /** The signature of the parts, 40 lower-case hexadecimal digits. */
    public String of(String... parts) {
        String[] sorted = Arrays.copyOf(parts, parts.length + 1);
        sorted[parts.length] = token;
        Arrays.sort(sorted);
        return HexFormat.of().formatHex(sha1(String.join("", sorted)));
    }

    /** Whether a signature is that of the parts; how long it takes does not depend on where they differ. */
    public boolean isRight(@Nullable String signature, String... parts) {
        byte[] given = (signature == null ? "" : signature.toLowerCase(Locale.ROOT)).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(of(parts).getBytes(StandardCharsets.UTF_8), given);
    }

    private static byte[] sha1(String text) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "PushSignature[redacted]";
    }
}
