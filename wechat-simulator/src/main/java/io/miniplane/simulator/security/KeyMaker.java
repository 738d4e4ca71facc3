package io.miniplane.simulator.security;

import io.miniplane.simulator.world.PlatformKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes keys and certificates, and writes and reads them as PEM. */
public final class KeyMaker {

    private static final int BITS = 2048;
    private static final int SERIAL_BYTES = 16;
    private static final Duration LIFE = Duration.ofDays(5 * 365);
    private static final X500Name NAME = new X500Name("CN=Simulated platform certificate,O=Miniplane");
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyMaker() {}

    /** An RSA key pair of 2048 bits. */
    public static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has RSA", impossible);
        }
    }

    /** A serial in the shape of those in WeChat's console. */
    public static String serial() {
        byte[] bytes = new byte[SERIAL_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** A platform key with a certificate that begins a day ago and lives 5 years. */
    public static PlatformKey platform(Instant now) {
        KeyPair pair = rsa();
        return new PlatformKey(serial(), pair.getPrivate(), certificate(pair, now));
    }

    private static X509Certificate certificate(KeyPair pair, Instant now) {
        Instant begin = now.minus(Duration.ofDays(1));
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                NAME,
                new BigInteger(127, RANDOM).add(BigInteger.ONE),
                time(begin),
                time(begin.plus(LIFE)),
                NAME,
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
        try {
            byte[] encoded = builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()))
                    .getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (OperatorCreationException | IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException("A certificate of our own making is malformed", impossible);
        }
    }

    private static Time time(Instant at) {
        return Time.getInstance(new DERUTCTime(UTC_TIME.format(at)));
    }

    /** Bytes as PEM. */
    public static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n" + LINES.encodeToString(bytes) + "\n-----END " + kind + "-----\n";
    }

    /**
     * Reads an RSA public key from PEM or bare base64.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static PublicKey publicKey(String text) {
        String base64 = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "\"publicKey\" is an RSA public key as PEM that begins with -----BEGIN PUBLIC KEY-----.",
                    malformed);
        }
    }
}
