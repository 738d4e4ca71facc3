package io.miniplane.server.payment.application;

import io.miniplane.server.payment.domain.PaymentNews;
import reactor.core.publisher.Mono;

/** Where news of payments is kept until it is handled. */
public interface NewsBox {

    /** Keeps what was found out by asking. */
    Mono<Void> put(PaymentNews news);

    /**
     * Keeps what a notification told, once however often it comes.
     *
     * @param id the notification's id
     * @param resource what was encrypted in it; it is kept encrypted
     * @return whether it was new
     */
    Mono<Boolean> putOnce(String id, PaymentNews news, String resource);
}
