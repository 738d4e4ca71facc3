package io.miniplane.server.wechat.infrastructure;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The keys of API security and what is done with them: AES-256-GCM and RSASSA-PSS with SHA-256. */
final class SecurityKeys {

    static final int IV_BYTES = 12;
    static final int TAG_BYTES = 16;

    private static final int KEY_BYTES = 32;
    private static final int SALT_BYTES = 32;
    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, SALT_BYTES, 1);
    private static final Pattern PEM_LINES = Pattern.compile("-----(BEGIN|END) PRIVATE KEY-----|\\s");

    private final SecretKey symmetric;
    private final PrivateKey own;
    private final PublicKey platform;

    SecurityKeys(SecretKey symmetric, PrivateKey own, PublicKey platform) {
        this.symmetric = symmetric;
        this.own = own;
        this.platform = platform;
    }

    /** @throws IllegalArgumentException when it is not base64 of 32 bytes */
    static SecretKey symmetricKey(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64.strip());
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("The symmetric key has 32 bytes.");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    /** @throws IllegalArgumentException when it is no RSA key in PEM, PKCS #8 */
    static PrivateKey signingKey(String pem) {
        try {
            byte[] der = Base64.getDecoder().decode(PEM_LINES.matcher(pem).replaceAll(""));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException malformed) {
            throw new IllegalArgumentException("The signing key is no RSA key in PEM, PKCS #8.", malformed);
        }
    }

    /** @throws IllegalArgumentException when it is no X.509 certificate of an RSA key in PEM */
    static PublicKey certifiedKey(String pem) {
        try {
            byte[] bytes = pem.strip().getBytes(StandardCharsets.US_ASCII);
            PublicKey key = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(bytes))
                    .getPublicKey();
            if (key instanceof RSAPublicKey) {
                return key;
            }
        } catch (GeneralSecurityException malformed) {
            throw new IllegalArgumentException("The platform certificate is no X.509 certificate.", malformed);
        }
        throw new IllegalArgumentException("The platform certificate is of no RSA key.");
    }

    /** The ciphertext with its tag at the end. */
    byte[] encrypt(byte[] iv, String associated, byte[] plaintext) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, iv, associated).doFinal(plaintext);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-256-GCM does not work", impossible);
        }
    }

    /** @throws GeneralSecurityException when the ciphertext, its tag at the end, is not the one that was made */
    byte[] decrypt(byte[] iv, String associated, byte[] ciphertext) throws GeneralSecurityException {
        return cipher(Cipher.DECRYPT_MODE, iv, associated).doFinal(ciphertext);
    }

    /** Our signature in base64. */
    String sign(byte[] message) {
        try {
            Signature signature = pss();
            signature.initSign(own);
            signature.update(message);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("RSASSA-PSS does not work", impossible);
        }
    }

    /** Whether WeChat signed the message. */
    boolean isGenuine(byte[] message, String base64) {
        try {
            Signature signature = pss();
            signature.initVerify(platform);
            signature.update(message);
            return signature.verify(Base64.getDecoder().decode(base64));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    private Cipher cipher(int mode, byte[] iv, String associated) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, symmetric, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv));
        cipher.updateAAD(associated.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static Signature pss() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(PSS);
        return signature;
    }

    @Override
    public String toString() {
        return "SecurityKeys[redacted]";
    }
}
