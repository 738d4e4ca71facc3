package io.miniplane.server.payment.application;

import io.miniplane.server.payment.domain.Payment;
import io.miniplane.server.payment.domain.PaymentId;
import io.miniplane.server.payment.domain.PaymentNews.MoneyCame;
import io.miniplane.server.platform.Fen;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The payments. Each call is one statement. */
public interface Payments {

    /**
     * Begins a payment, or finds the one that was begun.
     *
     * @param expires the last moment to pay
     * @param check after which time WeChat Pay is asked, unless it tells
     */
    Mono<Payment> open(PaymentId id, Fen total, Instant expires, Duration check);

    /** A payment; empty where none was begun. */
    Mono<Payment> find(PaymentId id);

    /** Notes that it is paid, if it was not. */
    Mono<Void> pay(PaymentId id, String transactionId, Instant paidAt);

    /** Keeps money that pays nothing for people to look at, once; a payment that other money has paid stays so. */
    Mono<Void> dispute(MoneyCame came);

    /** Money that came for an order and pays nothing, from the first on. */
    Flux<Overview.Dispute> disputes(PaymentId id);

    /** Notes that it will never be paid, unless money came; tells whether that was new. */
    Mono<Boolean> close(PaymentId id);

    /** Has WeChat Pay asked at the next opportunity, and the payment closed there unless it is paid. */
    Mono<Void> closeSoon(PaymentId id);

    /** Takes payments of which nothing was heard for long enough, each for one caller at a time, and puts their next turn off. */
    Flux<Unheard> takeUnheard(Recheck recheck, int most);

    /**
     * A payment of which nothing was heard.
     *
     * @param id which one
     * @param isOver whether it can be closed: its time is over, or its order was cancelled
     * @param isForgotten whether WeChat Pay would know it by now if it ever were to
     */
    record Unheard(PaymentId id, boolean isOver, boolean isForgotten) {}
}
