package io.miniplane.server.wechat.infrastructure;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The merchant's own keys of WeChat Pay and what is done with them: SHA256withRSA and AEAD_AES_256_GCM. */
final class MerchantKeys {

    private static final int TAG_BITS = 128;

    private final PrivateKey signing;
    private final SecretKeySpec sealing;

    /** @param apiV3Key 32 characters */
    MerchantKeys(PrivateKey signing, String apiV3Key) {
        this.signing = signing;
        this.sealing = new SecretKeySpec(apiV3Key.getBytes(StandardCharsets.UTF_8), "AES");
    }

    /** The merchant's signature of lines, each of which ends with a line feed, in base64. */
    String sign(String... lines) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(signing);
            signature.update((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("SHA256withRSA does not work", impossible);
        }
    }

    /**
     * Opens what WeChat Pay sealed for the merchant.
     *
     * @param ciphertext base64, the tag at its end
     * @throws GeneralSecurityException when it was not sealed with this key, or for something else
     * @throws IllegalArgumentException when it is no base64
     */
    byte[] open(String nonce, String associated, String ciphertext) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE, sealing, new GCMParameterSpec(TAG_BITS, nonce.getBytes(StandardCharsets.UTF_8)));
        cipher.updateAAD(associated.getBytes(StandardCharsets.UTF_8));
        return cipher.doFinal(Base64.getDecoder().decode(ciphertext));
    }

    @Override
    public String toString() {
        return "MerchantKeys[redacted]";
    }
}
