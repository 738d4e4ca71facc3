package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.MerchantPayments.Refund;
import io.miniplane.server.wechat.MerchantPayments.Transaction;
import io.miniplane.server.wechat.PayFailure;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads payments and refunds as WeChat Pay writes them in answers and notifications. */
final class PayTexts {

    private PayTexts() {}

    static Transaction transaction(JsonNode told) {
        JsonNode amount = told.path("amount");
        return new Transaction(
                text(told, "out_trade_no"),
                optional(told, "transaction_id"),
                Transaction.State.of(text(told, "trade_state")),
                amount.path("total").asLong(0),
                amount.path("currency").asString("CNY"),
                time(optional(told, "success_time")));
    }

    /** @param status the field that tells how it stands, which notifications name otherwise than answers */
    static Refund refund(JsonNode told, String status) {
        return new Refund(
                text(told, "out_trade_no"),
                text(told, "out_refund_no"),
                text(told, "refund_id"),
                Refund.Status.of(text(told, status)),
                told.path("amount").path("refund").asLong(0));
    }

    static String text(JsonNode told, String field) {
        String text = optional(told, field);
        if (text == null) {
            throw new PayFailure.Unintelligible("WeChat Pay's answer lacks " + field);
        }
        return text;
    }

    private static @Nullable String optional(JsonNode told, String field) {
        String text = told.path(field).asString("");
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            throw new PayFailure.Unintelligible("WeChat Pay's answer has a malformed time");
        }
    }
}
