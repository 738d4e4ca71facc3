package io.miniplane.server.order.domain;

import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.OrderStatus;
import io.miniplane.server.order.OrderedLine;
import io.miniplane.server.order.PaymentSettlement.Refunding;
import io.miniplane.server.order.PaymentSettlement.Settlement;
import io.miniplane.server.order.ProductRef;
import io.miniplane.server.order.ShippedBy;
import io.miniplane.server.order.ShippedBy.Logistics;
import io.miniplane.server.platform.Fen;
import io.miniplane.server.platform.security.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Orders of every status, and everything that can be done with one. */
final class Acts {

    static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    static final Duration TIMEOUT = Duration.ofMinutes(30);
    static final ShippedBy BY_ZTO = new ShippedBy(Logistics.EXPRESS, "ZTO", "7312345678");

    private Acts() {}

    static Order made() {
        return Order.made(
                new OrderId(new UUID(0x7000, 1)),
                new UserId(new UUID(0x7000, 2)),
                List.of(item(1, "龙井茶", 1990, 2), item(2, "Cup", 20, 1)),
                NOW);
    }

    static Item item(int product, String name, long price, int quantity) {
        return new Item(new OrderedLine(new ProductRef(new UUID(0x7000, product)), quantity), name, new Fen(price));
    }

    /** An order that came the usual way to a status. */
    static Order in(OrderStatus status) {
        return switch (status) {
            case CREATED -> made();
            case CONFIRMED -> made().confirm(NOW).order();
            case PAID -> settle(in(OrderStatus.CONFIRMED)).decision().order();
            case SHIPPED -> in(OrderStatus.PAID).ship(BY_ZTO, NOW).order();
            case COMPLETED -> in(OrderStatus.SHIPPED).complete(NOW).order();
            case CANCELLED -> in(OrderStatus.CONFIRMED).cancel(NOW).order();
            case REFUNDED -> refund(in(OrderStatus.PAID)).decision().order();
        };
    }

    static Verdict<Settlement> settle(Order order) {
        return order.settle(new Payment("4200001", order.total(), NOW));
    }

    static Verdict<Refunding> refund(Order order) {
        return order.refund("refund-1", order.held().isPositive() ? order.held() : new Fen(1));
    }

    /** The acts by name; each answers the order as it is then, or throws a refusal. */
    static Map<String, UnaryOperator<Order>> all() {
        Map<String, UnaryOperator<Order>> acts = new LinkedHashMap<>();
        acts.put("confirm", order -> order.confirm(NOW).order());
        acts.put("runOut", order -> order.runOut(NOW).order());
        acts.put("expire", order -> order.expire(NOW.plus(TIMEOUT), TIMEOUT).order());
        acts.put("cancel", order -> order.cancel(NOW).order());
        acts.put("settle", order -> settle(order).decision().order());
        acts.put("ship", order -> order.ship(BY_ZTO, NOW).order());
        acts.put("receive", order -> order.receive(NOW).order());
        acts.put("complete", order -> order.complete(NOW).order());
        acts.put("refund", order -> refund(order).decision().order());
        return acts;
    }
}
