package io.miniplane.operator.metrics;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The certificate by which an API server shows others that it is the front proxy, in files; it vouches for itself. */
public final class FrontProxyCertificate {

    static final String NAME = "front-proxy-client";

    private final Path certificate;
    private final Path key;

    private FrontProxyCertificate(Path certificate, Path key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** Writes one into a folder. */
    public static FrontProxyCertificate in(Path directory) throws IOException {
        ServingCertificate made = of(NAME);
        return new FrontProxyCertificate(
                Files.writeString(directory.resolve("front-proxy.crt"), made.certificatePem()),
                Files.writeString(directory.resolve("front-proxy.key"), made.keyPem()));
    }

    /** What makes an API server call others as a front proxy, straight at the endpoints of their Services. */
    public List<String> serverFlags() {
        return List.of(
                "--requestheader-client-ca-file=" + certificate,
                "--requestheader-allowed-names=" + NAME,
                "--requestheader-username-headers=X-Remote-User",
                "--requestheader-group-headers=X-Remote-Group",
                "--requestheader-extra-headers-prefix=X-Remote-Extra-",
                "--proxy-client-cert-file=" + certificate,
                "--proxy-client-key-file=" + key,
                "--enable-aggregator-routing=true");
    }

    /** One for a client of any name. */
    static ServingCertificate of(String commonName) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
            X500Name name = new X500Name("CN=" + commonName);
            Instant now = Instant.now();
            var builder = new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.valueOf(now.toEpochMilli()),
                            Date.from(now.minus(Duration.ofHours(1))),
                            Date.from(now.plus(Duration.ofDays(1))),
                            name,
                            pair.getPublic())
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
            return new ServingCertificate(
                    new JcaX509CertificateConverter().getCertificate(builder.build(signer)), pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
