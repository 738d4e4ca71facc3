package io.miniplane.server.payment.infrastructure;

import io.miniplane.server.payment.domain.PaymentId;
import io.miniplane.server.payment.domain.PaymentNews;
import io.miniplane.server.payment.domain.PaymentNews.MoneyCame;
import io.miniplane.server.payment.domain.PaymentNews.NeverPaid;
import io.miniplane.server.payment.domain.PaymentNews.RefundMoved;
import io.miniplane.server.payment.domain.Refund;
import io.miniplane.server.payment.domain.RefundId;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.DomainEvent.Aggregate;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** News of payments as the outbox carries them, encrypted, for what WeChat Pay sent is beside it and names the payer. */
final class NewsEvents {

    static final String TYPE = "payment.news";

    private static final String MONEY_CAME = "money-came";
    private static final String NEVER_PAID = "never-paid";
    private static final String REFUND_MOVED = "refund-moved";

    private NewsEvents() {}

    /** @param resource what a notification held, or null where it was found out by asking */
    static DomainEvent write(PaymentNews news, @Nullable String resource) {
        ObjectNode data = JsonMapper.shared().createObjectNode();
        data.put("paymentId", news.payment().toString());
        switch (news) {
            case MoneyCame came ->
                data.put("kind", MONEY_CAME)
                        .put("transactionId", came.transactionId())
                        .put("amount", came.amount())
                        .put("currency", came.currency())
                        .put("paidAt", came.paidAt().toString());
            case NeverPaid never -> data.put("kind", NEVER_PAID);
            case RefundMoved moved ->
                data.put("kind", REFUND_MOVED)
                        .put("refundId", moved.refund().toString())
                        .put("state", moved.status().name());
        }
        if (resource != null) {
            data.put("resource", resource);
        }
        return DomainEvent.of(TYPE, new Aggregate("payment", news.payment().toString()), data.toString())
                .personal();
    }

    /** @throws IllegalArgumentException when the event is none of these */
    static PaymentNews read(DomainEvent event) {
        JsonNode data = JsonMapper.shared().readTree(event.data());
        PaymentId payment = new PaymentId(UUID.fromString(text(data, "paymentId")));
        return switch (text(data, "kind")) {
            case MONEY_CAME ->
                new MoneyCame(
                        payment,
                        text(data, "transactionId"),
                        data.path("amount").asLong(),
                        text(data, "currency"),
                        Instant.parse(text(data, "paidAt")));
            case NEVER_PAID -> new NeverPaid(payment);
            case REFUND_MOVED ->
                new RefundMoved(
                        payment,
                        new RefundId(UUID.fromString(text(data, "refundId"))),
                        Refund.State.valueOf(text(data, "state")));
            default -> throw new IllegalArgumentException("No news of a payment is of this kind");
        };
    }

    private static String text(JsonNode data, String field) {
        JsonNode text = data.path(field);
        if (!text.isString()) {
            throw new IllegalArgumentException("The data of the event has no text " + field);
        }
        return text.asString();
    }
}
