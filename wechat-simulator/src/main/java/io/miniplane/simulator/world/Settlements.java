package io.miniplane.simulator.world;

import io.miniplane.simulator.world.PaidOrder.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pays merchants out: when the buyer says that the goods came, or 10 days after they were shipped. Both the shipping and
 * the payment are told by a push.
 */
public final class Settlements {

    private static final Duration UNTIL_AUTOMATIC = Duration.ofDays(10);
    private static final String EVENT = "trade_manage_order_settlement";
    private static final int AUTOMATIC = 1;
    private static final int MANUAL = 2;

    private final InstantSource clock;
    private final PaidOrders orders;
    private final Supplier<PushOutlet> outlet;
    private final Map<String, Instant> shippedAt = new ConcurrentHashMap<>();
    private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();

    Settlements(InstantSource clock, PaidOrders orders, Supplier<PushOutlet> outlet) {
        this.clock = clock;
        this.orders = orders;
        this.outlet = outlet;
    }

    /** An order is under way completely. */
    public void shipped(PaidOrder order) {
        Instant now = clock.instant();
        shippedAt.put(order.transactionId(), now);
        outlet.get()
                .push(
                        order.appId(),
                        event(order, now)
                                .put(
                                        "estimated_settlement_time",
                                        dueAt(order.transactionId()).getEpochSecond()));
    }

    /** The buyer says that the goods came; empty when they are not under way. */
    public Optional<PaidOrder> confirm(String transactionId) {
        return settle(transactionId, MANUAL);
    }

    /** No order is paid out by itself before this time: the goods are sold in advance. */
    public void delay(String transactionId, Instant until) {
        notBefore.put(transactionId, until);
    }

    /** Pays out what is due by now. */
    public void settleDue() {
        Instant now = clock.instant();
        shippedAt.keySet().stream()
                .filter(transactionId -> !now.isBefore(dueAt(transactionId)))
                .toList()
                .forEach(transactionId -> settle(transactionId, AUTOMATIC));
    }

    private Instant dueAt(String transactionId) {
        Instant usual = shippedAt
                .getOrDefault(transactionId, Instant.MAX.minus(UNTIL_AUTOMATIC))
                .plus(UNTIL_AUTOMATIC);
        Instant earliest = notBefore.getOrDefault(transactionId, Instant.MIN);
        return usual.isBefore(earliest) ? earliest : usual;
    }

    private Optional<PaidOrder> settle(String transactionId, int method) {
        Optional<PaidOrder> shipped = orders.find(transactionId).filter(order -> order.state() == State.SHIPPED);
        Instant begun = shippedAt.remove(transactionId);
        if (shipped.isEmpty() || begun == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        ObjectNode event = event(shipped.get(), begun)
                .put("confirm_receive_method", method)
                .put("confirm_receive_time", now.getEpochSecond())
                .put("settlement_time", now.getEpochSecond());
        Optional<PaidOrder> received = orders.change(transactionId, order -> order.in(State.RECEIVED));
        outlet.get().push(shipped.get().appId(), event);
        return received;
    }

    private ObjectNode event(PaidOrder order, Instant shipped) {
        return PushMessage.event(order.appId(), order.openId(), clock.instant(), EVENT)
                .put("transaction_id", order.transactionId())
                .put("merchant_id", order.merchantId())
                .put("sub_merchant_id", "")
                .put("merchant_trade_no", order.outTradeNo())
                .put("pay_time", order.paidAt().getEpochSecond())
                .put("shipped_time", shipped.getEpochSecond());
    }
}
