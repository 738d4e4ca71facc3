package io.miniplane.server.wechat.application;

import io.miniplane.server.wechat.domain.PushRefusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts and decrypts pushed messages as WeChat does: AES-256-CBC over 16 random bytes, the length, the message and the AppID, padded by PKCS#7 to
 * blocks of 32 bytes, which is why the padding is done here and not by the JDK.
 */
public final class PushCipher {

    private static final int CIPHER_BLOCK = 16;
    private static final int PADDED_BLOCK = 32;
    private static final int RANDOM = 16;
    private static final int HEAD = RANDOM + Integer.BYTES;

    private final SecretKeySpec key;
    private final IvParameterSpec iv;
    private final byte[] appId;
    private final SecureRandom random;

    /**
     * @param encodingAesKey 43 characters of base64, whose last one carries bits that mean nothing
     * @param appId the mini-program that messages have to be for
     * @param random for the bytes before each message
     * @throws IllegalArgumentException when the key is not one
     */
    public PushCipher(String encodingAesKey, String appId, SecureRandom random) {
        byte[] raw = Base64.getDecoder().decode(encodingAesKey + "=");
        if (raw.length != PADDED_BLOCK) {
            throw new IllegalArgumentException("An EncodingAESKey has 43 characters");
        }
        this.key = new SecretKeySpec(raw, "AES");
        this.iv = new IvParameterSpec(raw, 0, CIPHER_BLOCK);
        this.appId = appId.getBytes(StandardCharsets.UTF_8);
        this.random = random;
    }

    /** The message as base64 text. */
    public String encrypt(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        int length = HEAD + bytes.length + appId.length;
        int padding = PADDED_BLOCK - length % PADDED_BLOCK;
        byte[] clear = new byte[length + padding];
        byte[] salt = new byte[RANDOM];
        random.nextBytes(salt);
        ByteBuffer.wrap(clear).put(salt).putInt(bytes.length).put(bytes).put(appId);
        Arrays.fill(clear, length, clear.length, (byte) padding);
        return Base64.getEncoder().encodeToString(apply(Cipher.ENCRYPT_MODE, clear));
    }

    /**
     * The message in base64 text.
     *
     * @throws PushRefusal when it is not base64, was encrypted with another key, is cut short, or is for another mini-program
     */
    public String decrypt(String encrypted) {
        byte[] clear = apply(Cipher.DECRYPT_MODE, ciphertext(encrypted));
        int end = clear.length - padding(clear);
        int length = end < HEAD ? -1 : ByteBuffer.wrap(clear).getInt(RANDOM);
        if (length < 0 || length > end - HEAD) {
            throw PushRefusal.Reason.UNDECRYPTABLE.refusal();
        }
        if (!MessageDigest.isEqual(appId, Arrays.copyOfRange(clear, HEAD + length, end))) {
            throw PushRefusal.Reason.WRONG_APP.refusal();
        }
        return text(ByteBuffer.wrap(clear, HEAD, length));
    }

    private static byte[] ciphertext(String base64) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            if (bytes.length > 0 && bytes.length % CIPHER_BLOCK == 0) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            throw PushRefusal.Reason.UNDECRYPTABLE.refusal();
        }
        throw PushRefusal.Reason.UNDECRYPTABLE.refusal();
    }

    /** Every byte of the padding counts, so that a wrong key is seldom taken for the right one. */
    private static int padding(byte[] clear) {
        int padding = clear[clear.length - 1];
        if (padding < 1 || padding > PADDED_BLOCK || padding > clear.length) {
            throw PushRefusal.Reason.UNDECRYPTABLE.refusal();
        }
        for (int i = clear.length - padding; i < clear.length; i++) {
            if (clear[i] != padding) {
                throw PushRefusal.Reason.UNDECRYPTABLE.refusal();
            }
        }
        return padding;
    }

    private static String text(ByteBuffer utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException notText) {
            throw PushRefusal.Reason.UNDECRYPTABLE.refusal();
        }
    }

    private byte[] apply(int mode, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, key, iv);
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK has no AES", e);
        }
    }

    @Override
    public String toString() {
        return "PushCipher[redacted]";
    }
}
