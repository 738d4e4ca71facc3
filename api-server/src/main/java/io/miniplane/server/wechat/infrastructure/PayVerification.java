package io.miniplane.server.wechat.infrastructure;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Verifies what comes from WeChat Pay, off the event loops.
 *
 * @param signatures what a signature has to be
 * @param keys the keys that are known
 * @param certificates where others may be
 */
record PayVerification(PaySignatures signatures, PlatformKeys keys, PlatformCertificates certificates) {

    /** Completes when WeChat Pay signed it, and else fails with {@link io.miniplane.server.wechat.PayNotificationRefused}. */
    Mono<Void> verify(PaySignatures.Signed signed) {
        return Mono.fromCallable(() -> signatures.serial(signed))
                .flatMap(serial -> known(serial)
                        .publishOn(Schedulers.boundedElastic())
                        .then(Mono.fromRunnable(() -> PaySignatures.requireGenuine(signed, keys.named(serial)))));
    }

    private Mono<Void> known(String serial) {
        return keys.named(serial) == null ? certificates.fetch(serial) : Mono.empty();
    }
}
