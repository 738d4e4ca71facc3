package io.miniplane.simulator.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;

/** RSASSA-PSS with SHA-256 and a salt of 32 bytes, in base64. */
final class Signing {

    private static final PSSParameterSpec PARAMETERS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    private Signing() {}

    static String sign(PrivateKey key, String text) throws GeneralSecurityException {
        Signature signature = instance();
        signature.initSign(key);
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    /** Whether the signature is one of this text by the owner of the key. */
    static boolean isGenuine(PublicKey key, String text, String base64) {
        try {
            Signature signature = instance();
            signature.initVerify(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(base64));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    private static Signature instance() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(PARAMETERS);
        return signature;
    }
}
