package io.miniplane.operator.metrics;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that is served and the one that will be. Clients trust both, so that the change of certificates is seen by nobody.
 *
 * @param current is served
 * @param next is served from the next rotation on
 */
record CertificatePair(ServingCertificate current, ServingCertificate next) {

    /** How long a certificate is valid: two rotations and more. */
    static final Duration VALIDITY = Duration.ofDays(365);

    /** How long before the end of the current certificate the next one takes its place. */
    static final Duration EARLY = Duration.ofDays(90);

    static CertificatePair create(String dnsName, Instant now) {
        return new CertificatePair(
                ServingCertificate.create(dnsName, now, VALIDITY),
                ServingCertificate.create(dnsName, now, VALIDITY.multipliedBy(2)));
    }

    /** @throws GeneralSecurityException when the Secret does not hold two certificates with their keys */
    static CertificatePair read(Map<String, String> data) throws GeneralSecurityException {
        return new CertificatePair(
                ServingCertificate.parse(decoded(data.get("tls.crt")), decoded(data.get("tls.key"))),
                ServingCertificate.parse(decoded(data.get("next.crt")), decoded(data.get("next.key"))));
    }

    /** The content of the Secret. */
    Map<String, String> write() {
        return Map.of(
                "tls.crt", encoded(current.certificatePem()),
                "tls.key", encoded(current.keyPem()),
                "next.crt", encoded(next.certificatePem()),
                "next.key", encoded(next.keyPem()));
    }

    boolean isDue(Instant now) {
        return !now.isBefore(current.notAfter().minus(EARLY));
    }

    /** The next certificate takes over, and one is made to follow it, which lives longer. */
    CertificatePair rotated(String dnsName, Instant now) {
        return new CertificatePair(next, ServingCertificate.create(dnsName, now, VALIDITY.multipliedBy(2)));
    }

    /** What clients must trust, in base64 as an APIService has it. */
    String bundle() {
        return encoded(current.certificatePem() + next.certificatePem());
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(@Nullable String base64) throws GeneralSecurityException {
        try {
            return new String(
                    Base64.getDecoder().decode(Objects.requireNonNullElse(base64, "")), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("it is not base64", e);
        }
    }
}
