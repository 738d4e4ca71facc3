package io.miniplane.simulator.api;

import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.world.PaidOrder;
import io.miniplane.simulator.world.World;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How calls about shipping name an order. */
sealed interface OrderKey {

    int BY_TRADE = 1;
    int BY_TRANSACTION = 2;

    /** The order that it names. */
    Optional<PaidOrder> in(World world);

    /** Whether it names the combined payment that an order is a part of. */
    boolean isWholeOf(PaidOrder part);

    /** By WeChat's number. */
    record Transaction(String id) implements OrderKey {
        @Override
        public Optional<PaidOrder> in(World world) {
            return world.orders().find(id);
        }

        /** WeChat's number of a combined payment is not simulated: that of any of its parts is taken. */
        @Override
        public boolean isWholeOf(PaidOrder part) {
            return part.combinedTradeNo() != null;
        }
    }

    /** By the merchant's number. */
    record Trade(String merchantId, String outTradeNo) implements OrderKey {
        @Override
        public Optional<PaidOrder> in(World world) {
            return world.orders().find(merchantId, outTradeNo);
        }

        @Override
        public boolean isWholeOf(PaidOrder part) {
            return outTradeNo.equals(part.combinedTradeNo());
        }
    }

    /** Reads an {@code order_key}. */
    static OrderKey read(JsonNode key) {
        return switch (AppCall.number(key, "order_number_type", BY_TRADE, BY_TRANSACTION, ErrCode.ORDER_KEY_INVALID)) {
            case BY_TRANSACTION -> new Transaction(Call.text(key, "transaction_id", ErrCode.TRANSACTION_MISSING));
            default ->
                new Trade(
                        Call.text(key, "mchid", ErrCode.MERCHANT_MISSING),
                        Call.text(key, "out_trade_no", ErrCode.TRADE_MISSING));
        };
    }
}
