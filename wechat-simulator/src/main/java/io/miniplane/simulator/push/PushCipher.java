package io.miniplane.simulator.push;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cipher of pushes: AES-256-CBC over 16 random bytes, the length, the message and the appId, padded to blocks of 32
 * bytes.
 */
final class PushCipher {

    /** How many random bytes stand in front of each message. */
    static final int RANDOM = 16;

    private static final int BLOCK = 32;

    private final byte[] key;

    PushCipher(String encodingAesKey) {
        this.key = Base64.getDecoder().decode(encodingAesKey + "=");
    }

    /** Enciphers a message for an app, behind 16 random letters or digits. */
    String encrypt(String random, String message, String appId) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        byte[] app = appId.getBytes(StandardCharsets.UTF_8);
        int length = RANDOM + Integer.BYTES + text.length + app.length;
        int padding = BLOCK - length % BLOCK;
        ByteBuffer clear = ByteBuffer.allocate(length + padding)
                .put(random.getBytes(StandardCharsets.US_ASCII), 0, RANDOM)
                .putInt(text.length)
                .put(text)
                .put(app);
        Arrays.fill(clear.array(), length, length + padding, (byte) padding);
        return Base64.getEncoder().encodeToString(run(Cipher.ENCRYPT_MODE, clear.array()));
    }

    /**
     * Deciphers a message to an app.
     *
     * @throws IllegalArgumentException when the text is none that this key and app go with
     */
    String decrypt(String encrypted, String appId) {
        byte[] clear = run(Cipher.DECRYPT_MODE, Base64.getDecoder().decode(encrypted));
        int padding = clear.length == 0 ? 0 : clear[clear.length - 1];
        int end = clear.length - padding;
        if (padding < 1 || padding > BLOCK || end < RANDOM + Integer.BYTES) {
            throw new IllegalArgumentException("The padding is wrong, so the key is another.");
        }
        int length = ByteBuffer.wrap(clear).getInt(RANDOM);
        int start = RANDOM + Integer.BYTES;
        if (length < 0 || length > end - start) {
            throw new IllegalArgumentException("The length is wrong.");
        }
        if (!new String(clear, start + length, end - start - length, StandardCharsets.UTF_8).equals(appId)) {
            throw new IllegalArgumentException("The appId is another.");
        }
        return new String(clear, start, length, StandardCharsets.UTF_8);
    }

    private byte[] run(int mode, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(key, 0, RANDOM));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException unfit) {
            throw new IllegalArgumentException("The cipher text has no whole blocks.", unfit);
        }
    }
}
