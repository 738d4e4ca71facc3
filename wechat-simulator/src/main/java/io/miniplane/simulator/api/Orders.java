package io.miniplane.simulator.api;

import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.world.PaidOrder;
import io.miniplane.simulator.world.World;
import tools.jackson.databind.JsonNode;

/** Finds the orders of an app for the calls about shipping. */
final class Orders {

    private Orders() {}

    /** The order of a key; refuses one that there is not, or that is too new to be known. */
    static PaidOrder of(World world, String appId, OrderKey key) {
        return key.in(world)
                .filter(order -> order.appId().equals(appId))
                .filter(world.tradeRules()::knows)
                .orElseThrow(() -> new Refusal(ErrCode.SHIPPING_ORDER_UNKNOWN));
    }

    /** The order that a body names outside an {@code order_key}. */
    static PaidOrder named(World world, String appId, JsonNode body) {
        String transactionId = AppCall.optional(body, "transaction_id", ErrCode.SHIPPING_ARGUMENTS);
        OrderKey key = transactionId.isEmpty()
                ? new OrderKey.Trade(
                        Call.text(body, "merchant_id", ErrCode.SHIPPING_ARGUMENTS),
                        Call.text(body, "merchant_trade_no", ErrCode.SHIPPING_ARGUMENTS))
                : new OrderKey.Transaction(transactionId);
        return of(world, appId, key);
    }
}
