package io.miniplane.operator.metrics;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificates in a Secret that all operators share. Whichever sees that one is missing or due makes it; the others take it over. */
final class CertificateStore {

    /** Name of the Secret, in the namespace of the operators. */
    static final String SECRET = "miniplane-operator-metrics";

    private static final Logger LOG = LoggerFactory.getLogger(CertificateStore.class);

    private final KubernetesClient client;
    private final MetricsService service;
    private final InstantSource clock;

    CertificateStore(KubernetesClient client, MetricsService service, InstantSource clock) {
        this.client = client;
        this.service = service;
        this.clock = clock;
    }

    /**
     * The certificates of now.
     *
     * @throws KubernetesClientException when the API server refuses, or another operator was faster: then try again
     */
    CertificatePair load() {
        Secret found = client.secrets()
                .inNamespace(service.namespace())
                .withName(SECRET)
                .get();
        if (found == null) {
            return created();
        }
        try {
            CertificatePair pair = CertificatePair.read(Objects.requireNonNullElse(found.getData(), Map.of()));
            if (!pair.current().isFor(service.dnsName())) {
                throw new GeneralSecurityException("it is not for " + service.dnsName());
            }
            return pair.isDue(clock.instant())
                    ? replaced(found, pair.rotated(service.dnsName(), clock.instant()))
                    : pair;
        } catch (GeneralSecurityException e) {
            LOG.warn("Secret {} is not usable, because {}: it is made anew.", SECRET, e.getMessage());
            return replaced(found, CertificatePair.create(service.dnsName(), clock.instant()));
        }
    }

    private CertificatePair created() {
        CertificatePair pair = CertificatePair.create(service.dnsName(), clock.instant());
        try {
            client.resource(new SecretBuilder()
                            .withNewMetadata()
                            .withName(SECRET)
                            .withNamespace(service.namespace())
                            .addToLabels("app.kubernetes.io/managed-by", "miniplane")
                            .endMetadata()
                            .withType("Opaque")
                            .withData(pair.write())
                            .build())
                    .create();
            return pair;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return load();
            }
            throw e;
        }
    }

    /** Fails with a conflict where another operator has replaced it meanwhile. */
    private CertificatePair replaced(Secret found, CertificatePair pair) {
        client.resource(new SecretBuilder(found).withData(pair.write()).build()).update();
        LOG.info("The certificates of external metrics are rotated.");
        return pair;
    }
}
