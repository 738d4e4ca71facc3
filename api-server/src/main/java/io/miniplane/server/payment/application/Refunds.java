package io.miniplane.server.payment.application;

import io.miniplane.server.payment.domain.PaymentId;
import io.miniplane.server.payment.domain.Refund;
import io.miniplane.server.payment.domain.RefundId;
import io.miniplane.server.platform.Fen;
import io.miniplane.server.platform.IdempotencyKey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The refunds. Each call is one statement; what begins a refund writes the event that has it sent to WeChat Pay. */
public interface Refunds {

    /** Begins a refund; empty where the payment is not paid, has less left, or the key was used before. */
    Mono<Refund> begin(RefundId id, PaymentId payment, Refund.Details details, Asker asker);

    /** The refund that was begun under the asker's key, with the digest it was begun with. */
    Mono<Begun> begun(Asker asker);

    /** Begins the one refund that a cancelled order needs, of what is left if that is less; empty where there is one or nothing is left. */
    Mono<Refund> payBack(RefundId id, PaymentId payment, Fen due);

    /** A refund; empty where there is none. */
    Mono<Refund> find(RefundId id);

    /** The refunds of a payment, from the first on. */
    Flux<Refund> of(PaymentId payment);

    /** What is left of a paid payment after all refunds; empty where it is not paid. */
    Mono<Fen> left(PaymentId payment);

    /** Moves a refund on; false where it was there already, or beyond. One that failed gives its amount back to what is left. */
    Mono<Boolean> move(RefundId id, Refund.State next);

    /** Takes refunds of which nothing was heard for long enough, each for one caller at a time, and puts their next turn off. */
    Flux<Refund> takeUnheard(Recheck recheck, int most);

    /**
     * Who asks for a refund.
     *
     * @param name the name of the member of staff
     * @param key what makes the request safe to send again, or null
     */
    record Asker(String name, @Nullable IdempotencyKey key) {}

    /** A refund that was begun under a key, with the digest of the request. */
    record Begun(Refund refund, String digest) {}
}
