package io.miniplane.server.wechat.infrastructure;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys with which WeChat Pay signs, by the name that it gives them: its public key, its certificates, or both at once, for while a merchant
 * changes from these to that, either may sign.
 */
final class PlatformKeys {

    /** How the id of a public key begins. */
    static final String PUBLIC_KEY = "PUB_KEY_ID_";

    private static final Pattern PEM_LINES = Pattern.compile("-----(BEGIN|END) PUBLIC KEY-----|\\s");
    private static final int HEX = 16;

    private final @Nullable String publicKeyId;
    private final Map<String, PublicKey> configured;
    private volatile Certificates downloaded = new Certificates("", Map.of());

    private record Certificates(String newest, Map<String, PublicKey> keys) {}

    PlatformKeys(@Nullable String publicKeyId, @Nullable PublicKey publicKey) {
        this.publicKeyId = publicKeyId;
        this.configured = publicKeyId == null || publicKey == null ? Map.of() : Map.of(folded(publicKeyId), publicKey);
    }

    /** @throws IllegalArgumentException when it is no RSA public key in PEM */
    static PublicKey publicKey(String pem) {
        try {
            byte[] der = Base64.getDecoder().decode(PEM_LINES.matcher(pem).replaceAll(""));
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException malformed) {
            throw new IllegalArgumentException("The WeChat Pay public key is no RSA key in PEM.", malformed);
        }
    }

    /** @throws GeneralSecurityException when it is no certificate */
    static X509Certificate certificate(byte[] pem) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }

    /** The key of a name, or null where it is not known. */
    @Nullable
    PublicKey named(String serial) {
        String name = folded(serial);
        PublicKey own = configured.get(name);
        return own != null ? own : downloaded.keys.get(name);
    }

    /** The name of the key with which answers are to be signed, or null while none is known. */
    @Nullable
    String preferred() {
        if (publicKeyId != null) {
            return publicKeyId;
        }
        String newest = downloaded.newest;
        return newest.isEmpty() ? null : newest;
    }

    /** These certificates take the place of the earlier ones. */
    void replace(List<X509Certificate> certificates) {
        Map<String, PublicKey> keys = new HashMap<>();
        certificates.stream()
                .filter(one -> one.getPublicKey() instanceof RSAPublicKey)
                .forEach(one -> keys.put(folded(serial(one)), one.getPublicKey()));
        String newest = certificates.stream()
                .sorted(Comparator.comparing(X509Certificate::getNotBefore))
                .reduce((earlier, later) -> later)
                .map(PlatformKeys::serial)
                .orElse("");
        downloaded = new Certificates(newest, Map.copyOf(keys));
    }

    /** How WeChat Pay names a certificate: its serial number in hexadecimal digits. */
    static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(HEX).toUpperCase(Locale.ROOT);
    }

    /** Whether the holder of the key signed what WeChat Pay sent with these values. */
    static boolean isGenuine(PublicKey key, String timestamp, String nonce, byte[] body, String base64) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update((timestamp + "\n" + nonce + "\n").getBytes(StandardCharsets.UTF_8));
            signature.update(body);
            signature.update((byte) '\n');
            return signature.verify(Base64.getDecoder().decode(base64));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    private static String folded(String serial) {
        return serial.toUpperCase(Locale.ROOT);
    }
}
