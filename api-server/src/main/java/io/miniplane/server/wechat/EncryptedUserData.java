package io.miniplane.server.wechat;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The {@code encryptedData} that WeChat gave to the mini-program: AES-128-CBC with PKCS#7 padding, opened by the key of the session.
 *
 * @param encryptedData base64; a space, into which form decoding turns a plus sign, counts as one
 * @param iv base64 of 16 bytes, with the same leniency
 */
public record EncryptedUserData(String encryptedData, String iv) {

    private static final int BLOCK = 16;

    /**
     * Decrypts and checks the watermark.
     *
     * @throws UserDataRefused when the key does not open it, or the watermark breaks the rule
     */
    public UserData open(SessionKey key, UserDataRule rule) {
        UserData data = UserDataText.read(plaintext(key));
        data.checkWatermark(rule);
        return data;
    }

    /** The bytes behind it; the padding must be whole, so that few wrong keys come so far. */
    byte[] plaintext(SessionKey key) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.DECRYPT_MODE, new SecretKeySpec(block(key.reveal()), "AES"), new IvParameterSpec(block(iv)));
            return cipher.doFinal(bytes(encryptedData));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw UserDataRefused.notOfThisSession();
        }
    }

    private static byte[] block(String base64) {
        byte[] bytes = bytes(base64);
        if (bytes.length != BLOCK) {
            throw UserDataRefused.notOfThisSession();
        }
        return bytes;
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64.replace(' ', '+'));
    }

    @Override
    public String toString() {
        return "EncryptedUserData[redacted]";
    }
}
