package io.miniplane.simulator.pay;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/** Signatures by SHA256withRSA in base64, over lines that each end with a line feed. */
final class RsaSignature {

    private static final String ALGORITHM = "SHA256withRSA";

    private RsaSignature() {}

    static String message(String... lines) {
        return String.join("\n", lines) + "\n";
    }

    static String sign(PrivateKey key, String message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(message.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("An RSA key signs nothing", impossible);
        }
    }

    /** Whether somebody signed the message with the private half of the key; false also for what is no signature. */
    static boolean verifies(PublicKey key, String message, String signed) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(message.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(signed));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }
}
