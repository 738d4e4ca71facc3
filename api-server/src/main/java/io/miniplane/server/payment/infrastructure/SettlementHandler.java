package io.miniplane.server.payment.infrastructure;

import io.miniplane.server.payment.application.CompleteOrder;
import io.miniplane.server.wechat.PushHandler;
import io.miniplane.server.wechat.PushMessage.OrderSettlement;
import io.miniplane.server.wechat.PushMessage.TradeOrder;
import reactor.core.publisher.Mono;

/** Completes orders that WeChat settles; that they are shipped it says by the same message, without a time of receipt. */
record SettlementHandler(CompleteOrder completeOrder) implements PushHandler<OrderSettlement> {

    @Override
    public String name() {
        return "payments-settlements";
    }

    @Override
    public Class<OrderSettlement> type() {
        return OrderSettlement.class;
    }

    @Override
    public Mono<Void> handle(OrderSettlement message) {
        TradeOrder order = message.order();
        boolean received = message.confirmedAt() != null || message.settledAt() != null;
        return received ? completeOrder.complete(order.merchantTradeNo(), order.transactionId()) : Mono.empty();
    }
}
