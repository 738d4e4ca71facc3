package io.miniplane.server.payment.application;

import io.miniplane.server.payment.application.Refunds.Asker;
import io.miniplane.server.payment.application.Refunds.Begun;
import io.miniplane.server.payment.domain.PaymentId;
import io.miniplane.server.payment.domain.Refund;
import io.miniplane.server.payment.domain.RefundId;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.Fen;
import io.miniplane.server.platform.IdempotencyKey;
import io.miniplane.server.wechat.MerchantPayments;
import io.miniplane.server.wechat.PayFailure;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Lets staff pay back some or all of what was paid. */
public final class RequestRefund {

    private static final ErrorCode NO_PAYMENT = new ErrorCode(40461);
    private static final ErrorCode NOT_PAID = new ErrorCode(40964);
    private static final ErrorCode TOO_MUCH = new ErrorCode(40965);

    private final Payments payments;
    private final Refunds refunds;
    private final MerchantPayments merchant;
    private final Supplier<UUID> ids;

    /** Begins refunds; that they are sent is the work of {@link SendRefund}. */
    public RequestRefund(Payments payments, Refunds refunds, MerchantPayments merchant, Supplier<UUID> ids) {
        this.payments = payments;
        this.refunds = refunds;
        this.merchant = merchant;
        this.ids = ids;
    }

    /**
     * Begins a refund, or finds the one that was begun under the same key.
     *
     * @return it, or a failure: 40461 where nothing was to be paid, 40964 where it is not paid, 40965 where less is left, 40930 where the key
     *     stands for another request
     */
    public Mono<Refund> request(PaymentId payment, Refund.Details details, Asker asker) {
        if (!merchant.areOn()) {
            return Mono.error(PayFailure.Off::new);
        }
        return refunds.begin(new RefundId(ids.get()), payment, details, asker)
                .switchIfEmpty(Mono.defer(() -> earlier(payment, asker)))
                .switchIfEmpty(Mono.defer(() -> refuse(payment)));
    }

    private Mono<Refund> earlier(PaymentId payment, Asker asker) {
        IdempotencyKey key = asker.key();
        return key == null ? Mono.empty() : refunds.begun(asker).map(begun -> same(begun, payment, key));
    }

    /** The address is part of what was asked for. */
    private static Refund same(Begun begun, PaymentId payment, IdempotencyKey key) {
        key.requireSame(begun.refund().payment().equals(payment) ? begun.digest() : "");
        return begun.refund();
    }

    private Mono<Refund> refuse(PaymentId payment) {
        return payments.find(payment)
                .switchIfEmpty(Mono.error(() -> new Failure(NO_PAYMENT)))
                .then(refunds.left(payment))
                .switchIfEmpty(Mono.error(() -> new Failure(NOT_PAID)))
                .map(Fen::amount)
                .flatMap(left -> Mono.error(new Failure(TOO_MUCH, Long.toString(left))));
    }
}
