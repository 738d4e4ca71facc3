package io.miniplane.simulator.pay;

import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.pay.Trades.Refunded;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.node.ObjectNode;

/** What WeChat Pay tells of payments and refunds. */
final class PayJson {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX").withZone(ZoneOffset.ofHours(8));
    private static final String WALLET = "OTHERS";

    private PayJson() {}

    static String time(Instant at) {
        return TIME.format(at);
    }

    /** A payment; one that is not paid has neither number nor payer. */
    static ObjectNode transaction(Trade trade) {
        Prepay asked = trade.prepay();
        ObjectNode told = Json.object()
                .put("appid", asked.appId())
                .put("mchid", asked.merchantId())
                .put("out_trade_no", asked.outTradeNo())
                .put("trade_state", trade.state().name())
                .put("trade_state_desc", trade.state().sentence())
                .put("attach", asked.attach());
        ObjectNode amount = told.putObject("amount").put("total", asked.total()).put("currency", "CNY");
        if (trade.transactionId() != null && trade.paidAt() != null) {
            told.put("transaction_id", trade.transactionId())
                    .put("trade_type", "JSAPI")
                    .put("bank_type", WALLET)
                    .put("success_time", time(trade.paidAt()));
            told.putObject("payer").put("openid", asked.openId());
            amount.put("payer_total", asked.total()).put("payer_currency", "CNY");
            told.putArray("promotion_detail");
        }
        return told;
    }

    /** A refund as calls are answered. */
    static ObjectNode refund(Refunded refunded) {
        Refund refund = refunded.refund();
        ObjectNode told = numbers(refunded)
                .put("channel", "ORIGINAL")
                .put("create_time", time(refund.createdAt()))
                .put("status", refund.status().name())
                .put("funds_account", "AVAILABLE");
        told.set("amount", amount(refunded).put("currency", "CNY").put("settlement_refund", refund.amount()));
        told.putArray("promotion_detail");
        return told;
    }

    /** A refund as it is notified. */
    static ObjectNode refundNotice(Refunded refunded) {
        ObjectNode told = numbers(refunded)
                .put("mchid", refunded.trade().prepay().merchantId())
                .put("refund_status", refunded.refund().status().name());
        told.set("amount", amount(refunded));
        return told;
    }

    private static ObjectNode numbers(Refunded refunded) {
        Refund refund = refunded.refund();
        ObjectNode told = Json.object()
                .put("refund_id", refund.id())
                .put("out_refund_no", refund.outRefundNo())
                .put("transaction_id", refunded.trade().transactionId())
                .put("out_trade_no", refunded.trade().prepay().outTradeNo())
                .put("user_received_account", "Balance of the user");
        if (refund.endedAt() != null && refund.status() == Refund.Status.SUCCESS) {
            told.put("success_time", time(refund.endedAt()));
        }
        return told;
    }

    private static ObjectNode amount(Refunded refunded) {
        long total = refunded.trade().prepay().total();
        long refund = refunded.refund().amount();
        return Json.object()
                .put("total", total)
                .put("refund", refund)
                .put("payer_total", total)
                .put("payer_refund", refund);
    }
}
