package io.miniplane.server.payment.application;

import io.miniplane.server.payment.application.Payments.Unheard;
import io.miniplane.server.payment.domain.PaymentNews.NeverPaid;
import io.miniplane.server.payment.domain.Refund;
import io.miniplane.server.wechat.MerchantPayments;
import io.miniplane.server.wechat.MerchantPayments.Transaction;
import io.miniplane.server.wechat.PayFailure;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks WeChat Pay how payments and refunds stand of which nothing was heard, for notifications can be lost; and closes payments there that are over.
 * What it finds out goes into the box: it changes nothing by itself.
 */
public final class CheckPayments {

    private static final Logger LOG = LogManager.getLogger(CheckPayments.class);
    private static final int AT_ONCE = 4;

    private final Payments payments;
    private final Refunds refunds;
    private final MerchantPayments merchant;
    private final NewsBox box;
    private final Recheck recheck;

    /** @param recheck how often it asks */
    public CheckPayments(Payments payments, Refunds refunds, MerchantPayments merchant, NewsBox box, Recheck recheck) {
        this.payments = payments;
        this.refunds = refunds;
        this.merchant = merchant;
        this.box = box;
        this.recheck = recheck;
    }

    /** Asks about at most so many of each, and tells whether there may be more. */
    public Mono<Boolean> check(int most) {
        Flux<Boolean> asked = Flux.concat(
                taken(payments.takeUnheard(recheck, most))
                        .flatMap(unheard -> ask(unheard).thenReturn(true), AT_ONCE),
                taken(refunds.takeUnheard(recheck, most))
                        .flatMap(refund -> ask(refund).thenReturn(true), AT_ONCE));
        return asked.count().map(count -> count >= most);
    }

    /** All rows first, so that no connection to the database waits for WeChat Pay. */
    private static <T> Flux<T> taken(Flux<T> rows) {
        return rows.collectList().flatMapIterable(list -> list);
    }

    private Mono<Void> ask(Unheard unheard) {
        return merchant.query(unheard.id().number())
                .flatMap(transaction -> conclude(unheard, transaction))
                .onErrorResume(PayFailure.NotThere.class, never -> forget(unheard))
                .onErrorResume(failure -> later("payment " + unheard.id(), failure));
    }

    private Mono<Void> conclude(Unheard unheard, Transaction transaction) {
        if (transaction.isPaid()) {
            return Mono.justOrEmpty(Told.of(transaction)).flatMap(box::put);
        }
        return switch (transaction.state()) {
            case CLOSED, REVOKED -> box.put(new NeverPaid(unheard.id()));
            default -> unheard.isOver() ? close(unheard) : Mono.empty();
        };
    }

    /** Who pays at this very moment wins: WeChat Pay does not close it then, and the next question finds it paid. */
    private Mono<Void> close(Unheard unheard) {
        return merchant.close(unheard.id().number()).then(Mono.defer(() -> box.put(new NeverPaid(unheard.id()))));
    }

    private Mono<Void> forget(Unheard unheard) {
        return unheard.isOver() && unheard.isForgotten() ? box.put(new NeverPaid(unheard.id())) : Mono.empty();
    }

    private Mono<Void> ask(Refund refund) {
        SendRefund sending = new SendRefund(refunds, merchant, box);
        return merchant.refundOf(refund.id().number())
                .flatMap(sending::tell)
                .onErrorResume(PayFailure.NotThere.class, never -> sending.send(refund))
                .onErrorResume(failure -> later("refund " + refund.id(), failure));
    }

    /** One that fails holds up none of the others. */
    private static Mono<Void> later(String what, Throwable failure) {
        String why = failure instanceof PayFailure known
                ? known.getMessage()
                : failure.getClass().getName();
        LOG.warn("How the {} stands is asked again later: {}", what, why);
        return Mono.empty();
    }
}
