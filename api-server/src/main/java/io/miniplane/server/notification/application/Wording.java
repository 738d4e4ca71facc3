package io.miniplane.server.notification.application;

import io.miniplane.server.order.CancelReason;
import io.miniplane.server.order.OrderEvent;
import io.miniplane.server.platform.Fen;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Texts with fields in braces, such as {@code {amount}}, and what they stand for in one event. */
public final class Wording {

    /** WeChat refuses an empty value. */
    private static final String NOTHING = "-";

    private static final int FEN = 100;
    private static final Pattern FIELD = Pattern.compile("\\{([a-z]+)}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu年M月d日 HH:mm").withZone(ZoneId.of("Asia/Shanghai"));

    private final Map<String, String> values;

    private Wording(Map<String, String> values) {
        this.values = values;
    }

    /** The fields that a text names. */
    public static Stream<String> fields(String text) {
        return FIELD.matcher(text).results().map(field -> field.group(1));
    }

    /** What the fields stand for in an event. */
    public static Wording of(OrderEvent event, Instant at) {
        Map<String, String> values = new HashMap<>();
        values.put("order", event.order().toString());
        values.put("number", event.order().toString().replace("-", ""));
        values.put("time", TIME.format(at));
        switch (event) {
            case OrderEvent.Confirmed confirmed -> values.put("amount", yuan(confirmed.total()));
            case OrderEvent.Paid paid -> {
                values.put("amount", yuan(paid.total()));
                values.put("transaction", paid.transactionId());
            }
            case OrderEvent.Shipped shipped -> {
                values.put("carrier", orNothing(shipped.by().carrier()));
                values.put("tracking", orNothing(shipped.by().trackingNumber()));
            }
            case OrderEvent.Cancelled cancelled -> {
                values.put("amount", yuan(cancelled.refundDue()));
                values.put("reason", reason(cancelled.reason()));
            }
            case OrderEvent.Refunded refunded -> values.put("amount", yuan(refunded.amount()));
            case OrderEvent.Created created -> {}
            case OrderEvent.Completed completed -> {}
        }
        return new Wording(values);
    }

    /** The text with its fields filled in. */
    public String fill(String text) {
        return FIELD.matcher(text).replaceAll(this::value);
    }

    private String value(MatchResult field) {
        return Matcher.quoteReplacement(values.getOrDefault(field.group(1), NOTHING));
    }

    private static String orNothing(@Nullable String text) {
        return Objects.requireNonNullElse(text, NOTHING);
    }

    private static String yuan(Fen amount) {
        return "¥%d.%02d".formatted(amount.amount() / FEN, amount.amount() % FEN);
    }

    /** At most five characters, so that it fits a phrase. */
    private static String reason(CancelReason reason) {
        return switch (reason) {
            case BY_USER -> "买家取消";
            case OUT_OF_STOCK -> "商品缺货";
            case UNPAID -> "超时未付款";
        };
    }
}
