package io.miniplane.simulator.device;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The cipher of user data: AES-128-CBC under the session key; all its texts are base64. */
final class UserDataCipher {

    private final String sessionKey;

    UserDataCipher(String sessionKey) {
        this.sessionKey = sessionKey;
    }

    String encrypt(String iv, String clear) {
        byte[] input = clear.getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(run(Cipher.ENCRYPT_MODE, iv, input));
    }

    String decrypt(String iv, String encrypted) {
        byte[] input = Base64.getDecoder().decode(encrypted);
        return new String(run(Cipher.DECRYPT_MODE, iv, input), StandardCharsets.UTF_8);
    }

    /** The signature of data that is shown in clear. */
    String sign(String rawData) {
        try {
            byte[] signed = (rawData + sessionKey).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(signed));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has SHA-1", impossible);
        }
    }

    private byte[] run(int mode, String iv, byte[] input) {
        Base64.Decoder base64 = Base64.getDecoder();
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    mode, new SecretKeySpec(base64.decode(sessionKey), "AES"), new IvParameterSpec(base64.decode(iv)));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException unfit) {
            throw new IllegalArgumentException("Key, iv and cipher text do not go together.", unfit);
        }
    }
}
