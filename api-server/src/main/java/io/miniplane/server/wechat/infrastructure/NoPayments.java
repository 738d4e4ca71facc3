package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.MerchantPayments;
import io.miniplane.server.wechat.PayFailure;
import reactor.core.publisher.Mono;

/** Payments of a server that has no settings of WeChat Pay. */
final class NoPayments implements MerchantPayments {

    @Override
    public boolean areOn() {
        return false;
    }

    @Override
    public Mono<Invitation> prepay(Prepayment payment) {
        return off();
    }

    @Override
    public Mono<Transaction> query(String number) {
        return off();
    }

    @Override
    public Mono<Void> close(String number) {
        return off();
    }

    @Override
    public Mono<Refund> refund(RefundOrder order) {
        return off();
    }

    @Override
    public Mono<Refund> refundOf(String number) {
        return off();
    }

    private static <T> Mono<T> off() {
        return Mono.error(PayFailure.Off::new);
    }
}
