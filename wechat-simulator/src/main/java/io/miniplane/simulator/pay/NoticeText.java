package io.miniplane.simulator.pay;

import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.pay.Trades.Refunded;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a notification says.
 *
 * @param eventType what happened
 * @param originalType {@code transaction} or {@code refund}
 * @param outTradeNo the merchant's number of the order
 * @param summary for people
 * @param content what is enciphered
 * @param url where it goes
 */
record NoticeText(
        String eventType, String originalType, String outTradeNo, String summary, ObjectNode content, URI url) {

    private static final String OTHER_KEY = "0".repeat(32);

    static NoticeText paid(Trade trade) {
        return new NoticeText(
                "TRANSACTION.SUCCESS",
                "transaction",
                trade.prepay().outTradeNo(),
                "Paid",
                PayJson.transaction(trade.in(TradeState.SUCCESS)),
                trade.prepay().notifyUrl());
    }

    static NoticeText refunded(Refunded refunded, URI url) {
        return new NoticeText(
                "REFUND." + refunded.refund().status().name(),
                "refund",
                refunded.trade().prepay().outTradeNo(),
                "Refund",
                PayJson.refundNotice(refunded),
                url);
    }

    /** The body of one delivery. */
    String body(String id, Instant at, String apiV3Key, @Nullable NoticeFault fault) {
        String key = fault == NoticeFault.WRONG_KEY ? OTHER_KEY : apiV3Key;
        ObjectNode resource = SealedResource.seal(key, told(fault).toString(), originalType);
        resource.put("original_type", originalType);
        ObjectNode body = Json.object()
                .put("id", id)
                .put("create_time", PayJson.time(at))
                .put("event_type", eventType)
                .put("resource_type", "encrypt-resource")
                .put("summary", summary);
        body.set("resource", resource);
        return body.toString();
    }

    private ObjectNode told(@Nullable NoticeFault fault) {
        ObjectNode told = content.deepCopy();
        switch (fault) {
            case WRONG_AMOUNT -> {
                ObjectNode amount = told.withObject("amount");
                amount.put("total", amount.path("total").longValue() + 1);
            }
            case WRONG_MERCHANT -> told.put("mchid", "1230000109");
            case WRONG_APP -> told.put("appid", "wxffffffffffffffff");
            case WRONG_ORDER -> told.put("out_trade_no", "0".repeat(32));
            case null, default -> {}
        }
        return told;
    }
}
