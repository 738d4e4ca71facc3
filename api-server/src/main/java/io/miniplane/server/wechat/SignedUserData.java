package io.miniplane.server.wechat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The {@code rawData} that WeChat gave to the mini-program with its signature, which the key of the session makes.
 *
 * @param rawData the text as it was received; JSON that was read and written again has another signature
 * @param signature hexadecimal SHA-1 of the text and the key
 */
public record SignedUserData(String rawData, String signature) {

    /**
     * Reads the text once its signature is found to be right, in a time that does not tell how much of it is.
     *
     * @throws UserDataRefused when the signature is not of this text and key, or the text is no JSON object
     */
    public UserData open(SessionKey key) {
        byte[] presented = signature.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        byte[] expected = sign(rawData, key).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, presented)) {
            throw UserDataRefused.notOfThisSession();
        }
        return UserDataText.read(rawData);
    }

    private static String sign(String text, SessionKey key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(sha1.digest((text + key.reveal()).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-1", e);
        }
    }

    @Override
    public String toString() {
        return "SignedUserData[redacted]";
    }
}
