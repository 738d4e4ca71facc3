package io.miniplane.operator.metrics;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate that vouches for itself, and its key.
 *
 * @param certificate what clients are shown
 * @param key what proves it
 */
record ServingCertificate(X509Certificate certificate, PrivateKey key) {

    private static final String CURVE = "secp256r1";
    private static final int SERIAL_BITS = 127;

    /** Clocks of other machines may be late. */
    private static final Duration SLACK = Duration.ofHours(1);

    /** Makes one for a server of this name. */
    static ServingCertificate create(String dnsName, Instant now, Duration validity) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE));
            KeyPair pair = generator.generateKeyPair();
            X500Name name = new X500NameBuilder(BCStyle.INSTANCE)
                    .addRDN(BCStyle.CN, "miniplane-operator")
                    .build();
            var builder = new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(SERIAL_BITS, new SecureRandom()),
                            Date.from(now.minus(SLACK)),
                            Date.from(now.plus(validity)),
                            name,
                            pair.getPublic())
                    .addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(new GeneralName(GeneralName.dNSName, dnsName)))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
            return new ServingCertificate(
                    new JcaX509CertificateConverter().getCertificate(builder.build(signer)), pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("This JDK can't make a certificate.", e);
        }
    }

    /** @throws GeneralSecurityException when the texts are not a certificate and its key */
    static ServingCertificate parse(String certificatePem, String keyPem) throws GeneralSecurityException {
        try (var certificate = new PEMParser(new StringReader(certificatePem));
                var key = new PEMParser(new StringReader(keyPem))) {
            if (certificate.readObject() instanceof X509CertificateHolder holder
                    && key.readObject() instanceof PrivateKeyInfo info) {
                return new ServingCertificate(
                        new JcaX509CertificateConverter().getCertificate(holder),
                        new JcaPEMKeyConverter().getPrivateKey(info));
            }
            throw new GeneralSecurityException("there is no certificate with a PKCS #8 key");
        } catch (IOException e) {
            throw new GeneralSecurityException("there is no certificate with a PKCS #8 key", e);
        }
    }

    String certificatePem() {
        return pem(certificate);
    }

    String keyPem() {
        try {
            return pem(new JcaPKCS8Generator(key, null).generate());
        } catch (IOException e) {
            throw new IllegalStateException("A key can always be written.", e);
        }
    }

    Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    boolean isFor(String dnsName) throws GeneralSecurityException {
        var names = certificate.getSubjectAlternativeNames();
        return names != null && names.contains(List.of(GeneralName.dNSName, dnsName));
    }

    private static String pem(Object object) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new IllegalStateException("A string can always be written.", e);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "ServingCertificate[until " + notAfter() + "]";
    }
}
