package io.miniplane.server.payment.application;

import io.miniplane.server.payment.domain.Refund;
import io.miniplane.server.payment.domain.RefundId;
import io.miniplane.server.platform.Utf8;
import io.miniplane.server.wechat.MerchantPayments;
import io.miniplane.server.wechat.MerchantPayments.RefundOrder;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Asks WeChat Pay for a refund that was begun. To ask again is harmless: the refund's number makes it the same. */
public final class SendRefund {

    private final Refunds refunds;
    private final MerchantPayments merchant;
    private final NewsBox box;

    /** Puts into the box what WeChat Pay answers. */
    public SendRefund(Refunds refunds, MerchantPayments merchant, NewsBox box) {
        this.refunds = refunds;
        this.merchant = merchant;
        this.box = box;
    }

    /** Sends it, unless it is sent. */
    public Mono<Void> send(RefundId id) {
        return refunds.find(id)
                .filter(refund -> refund.state() == Refund.State.REQUESTED)
                .flatMap(this::send);
    }

    Mono<Void> send(Refund refund) {
        RefundOrder order = new RefundOrder(
                refund.payment().number(),
                refund.id().number(),
                reason(refund),
                refund.details().amount().amount(),
                refund.total().amount());
        return merchant.refund(order).flatMap(this::tell);
    }

    /** WeChat Pay counts bytes, and refuses for good what is longer. */
    private static @Nullable String reason(Refund refund) {
        String reason = refund.details().reason();
        return reason == null ? null : Utf8.cut(reason, Refund.LONGEST_REASON);
    }

    Mono<Void> tell(MerchantPayments.Refund answer) {
        return Mono.justOrEmpty(Told.of(answer)).flatMap(box::put);
    }
}
