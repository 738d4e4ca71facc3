package io.miniplane.simulator.security;

import io.miniplane.simulator.http.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import tools.jackson.databind.JsonNode;

/** AES-256-GCM with the initialisation vector, the ciphertext and the tag each in base64. */
final class Envelope {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int IV_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Envelope() {}

    /** Decrypts; throws when the parts are no base64, have another length or do not fit the key and the address. */
    static String open(SecretKey key, JsonNode sealed, String address) throws GeneralSecurityException {
        byte[] iv = part(sealed, "iv");
        byte[] data = part(sealed, "data");
        byte[] tag = part(sealed, "authtag");
        if (iv.length != IV_BYTES || tag.length != TAG_BYTES) {
            throw new GeneralSecurityException("The iv has 12 bytes and the authtag 16");
        }
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, iv, address);
        byte[] both =
                ByteBuffer.allocate(data.length + tag.length).put(data).put(tag).array();
        return new String(cipher.doFinal(both), StandardCharsets.UTF_8);
    }

    /** Encrypts. */
    static JsonNode seal(SecretKey key, String text, String address) throws GeneralSecurityException {
        byte[] iv = new byte[IV_BYTES];
        RANDOM.nextBytes(iv);
        byte[] both = cipher(Cipher.ENCRYPT_MODE, key, iv, address).doFinal(text.getBytes(StandardCharsets.UTF_8));
        int end = both.length - TAG_BYTES;
        return Json.object()
                .put("iv", text(iv))
                .put("data", text(Arrays.copyOf(both, end)))
                .put("authtag", text(Arrays.copyOfRange(both, end, both.length)));
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] iv, String address) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv));
        cipher.updateAAD(address.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] part(JsonNode sealed, String name) throws GeneralSecurityException {
        try {
            return Base64.getDecoder().decode(sealed.path(name).stringValue(""));
        } catch (IllegalArgumentException malformed) {
            throw new GeneralSecurityException("\"" + name + "\" is no base64", malformed);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
