package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.PayFailure;
import io.miniplane.server.wechat.PayNotificationRefused;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpMethod;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/**
 * Downloads WeChat Pay's certificates: again and again in the background, and when something is signed with one that is not known. They are believed
 * because they are sealed with a key that only WeChat Pay and the merchant have, and the list is signed by one of them. A merchant that has the public
 * key alone has no certificates, and that is fine.
 */
final class PlatformCertificates implements SmartLifecycle {

    private static final Logger LOG = LogManager.getLogger(PlatformCertificates.class);
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(10);

    private final PayHttp http;
    private final MerchantKeys merchant;
    private final PlatformKeys keys;
    private final PaySignatures signatures;
    private final Means means;
    private final Mono<Void> recent = Mono.defer(this::download).cache(AT_MOST_EVERY);
    private volatile @Nullable Disposable running;

    /**
     * How it is done.
     *
     * @param guard protects the downloads
     * @param observations times them
     * @param interval how often
     */
    record Means(PayGuard guard, CallObservations observations, Duration interval) {}

    PlatformCertificates(
            PayHttp http, MerchantKeys merchant, PlatformKeys keys, PaySignatures signatures, Means means) {
        this.http = http;
        this.merchant = merchant;
        this.keys = keys;
        this.signatures = signatures;
        this.means = means;
    }

    /**
     * Looks for the key of a name, unless that was just done: whoever sends made-up names shall not make us call WeChat Pay each time. Never
     * fails; whether the key is there now, {@link PlatformKeys} knows.
     */
    Mono<Void> fetch(String serial) {
        return serial.startsWith(PlatformKeys.PUBLIC_KEY) ? Mono.empty() : recent;
    }

    @Override
    public void start() {
        running = Mono.defer(this::download)
                .repeatWhen(done -> done.delayElements(means.interval()))
                .subscribe();
    }

    @Override
    public void stop() {
        Disposable task = running;
        running = null;
        if (task != null) {
            task.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    /** Replaces the certificates by those that WeChat Pay has now; the old ones stay where that does not work. */
    Mono<Void> download() {
        String api = "pay_certificates";
        Mono<List<X509Certificate>> attempt = Mono.defer(() -> http.exchange(PayRequest.get(api, "/v3/certificates")))
                .publishOn(Schedulers.boundedElastic())
                .map(this::believed)
                .onErrorMap(PayNotificationRefused.class, PayCalls::unsigned);
        return means.observations()
                .observed(
                        new CallObservations.Named(api, HttpMethod.GET, api),
                        means.guard().protect(attempt),
                        failure -> PayCalls.failed(api, failure))
                .doOnNext(keys::replace)
                .doOnNext(held -> LOG.info("WeChat Pay has {} certificates", held.size()))
                .doOnError(PlatformCertificates::said)
                .onErrorComplete()
                .then();
    }

    private static void said(Throwable failure) {
        if (!(failure instanceof PayFailure.NotThere)) {
            LOG.warn("WeChat Pay's certificates stay as they are: {}", failure.getMessage());
        }
    }

    private List<X509Certificate> believed(PayReply reply) {
        List<X509Certificate> certificates = PayCalls.object(reply.body())
                .path("data")
                .valueStream()
                .map(this::opened)
                .filter(certificate -> certificate
                        .getNotAfter()
                        .toInstant()
                        .isAfter(signatures.clock().instant()))
                .toList();
        PlatformKeys offered = new PlatformKeys(null, null);
        offered.replace(certificates);
        PaySignatures.Signed signed = PaySignatures.Signed.of(reply);
        PaySignatures.requireGenuine(signed, keyOf(signatures.serial(signed), offered));
        return certificates;
    }

    private @Nullable PublicKey keyOf(String serial, PlatformKeys offered) {
        PublicKey known = keys.named(serial);
        return known != null ? known : offered.named(serial);
    }

    private X509Certificate opened(JsonNode told) {
        JsonNode sealed = told.path("encrypt_certificate");
        try {
            return PlatformKeys.certificate(merchant.open(
                    PayTexts.text(sealed, "nonce"),
                    sealed.path("associated_data").asString(""),
                    PayTexts.text(sealed, "ciphertext")));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw new PayFailure.Unsigned("a certificate cannot be opened");
        }
    }
}
