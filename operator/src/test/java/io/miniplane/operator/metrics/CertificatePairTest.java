package io.miniplane.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CertificatePairTest {

    private static final String NAME = "miniplane-operator.miniplane-system.svc";
    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

    private final CertificatePair pair = CertificatePair.create(NAME, NOW);

    @Test
    void aCertificateIsForTheNameOfTheServiceAndProvesItself() throws Exception {
        var certificate = pair.current().certificate();
        assertThat(certificate.getSubjectAlternativeNames()).containsExactly(List.of(2, NAME));
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(pair.current().isFor(NAME)).isTrue();
        assertThat(pair.current().isFor("other.miniplane-system.svc")).isFalse();
        certificate.verify(certificate.getPublicKey());
        assertThat(pair.toString()).doesNotContain(pair.current().keyPem());
    }

    @Test
    void whatIsWrittenCanBeRead() throws Exception {
        CertificatePair read = CertificatePair.read(pair.write());
        assertThat(read.current().certificate()).isEqualTo(pair.current().certificate());
        assertThat(read.next().key()).isEqualTo(pair.next().key());
    }

    @Test
    void aSecretWithoutCertificatesIsRefused() {
        assertThatThrownBy(() -> CertificatePair.read(Map.of("tls.crt", "!")))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void clientsTrustTheNextCertificateAlreadyBeforeItIsServed() {
        Instant due = pair.current().notAfter().minus(CertificatePair.EARLY);
        assertThat(pair.isDue(due.minusSeconds(1))).isFalse();
        assertThat(pair.isDue(due)).isTrue();
        CertificatePair rotated = pair.rotated(NAME, due);
        assertThat(decoded(pair.bundle())).contains(rotated.current().certificatePem());
        assertThat(rotated.current().certificate()).isEqualTo(pair.next().certificate());
        assertThat(rotated.isDue(due)).isFalse();
        assertThat(rotated.next().notAfter())
                .isAfter(rotated.current().notAfter().plus(Duration.ofDays(90)));
    }

    private static String decoded(String bundle) {
        return new String(Base64.getDecoder().decode(bundle), StandardCharsets.UTF_8);
    }
}
