package io.miniplane.simulator.pay;

import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.world.RandomText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.ObjectNode;

/** What WeChat Pay enciphers under the merchant's API v3 key. */
final class SealedResource {

    /** The only algorithm that there is. */
    static final String ALGORITHM = "AEAD_AES_256_GCM";

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private SealedResource() {}

    static ObjectNode seal(String apiV3Key, String text, String associatedData) {
        String nonce = RandomText.letters(NONCE);
        return Json.object()
                .put("algorithm", ALGORITHM)
                .put("ciphertext", encrypt(apiV3Key, nonce, associatedData, text))
                .put("associated_data", associatedData)
                .put("nonce", nonce);
    }

    /** Cipher text and tag in base64. */
    static String encrypt(String apiV3Key, String nonce, String associatedData, String text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(bytes(apiV3Key), "AES"),
                    new GCMParameterSpec(TAG_BITS, bytes(nonce)));
            cipher.updateAAD(bytes(associatedData));
            return Base64.getEncoder().encodeToString(cipher.doFinal(bytes(text)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("A key of 32 bytes enciphers nothing", impossible);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
