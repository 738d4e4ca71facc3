package io.miniplane.simulator.world;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** What users paid. */
public final class PaidOrders {

    private final InstantSource clock;
    private final Map<String, PaidOrder> orders = new ConcurrentHashMap<>();
    private final Map<Trade, String> numbers = new ConcurrentHashMap<>();

    PaidOrders(InstantSource clock) {
        this.clock = clock;
    }

    private record Trade(String merchantId, String outTradeNo) {}

    /**
     * What one puts in of an order.
     *
     * @param merchantId the merchant who was paid
     * @param outTradeNo the merchant's number of the order
     * @param description what was bought
     * @param amount in fen
     */
    public record Sale(String merchantId, String outTradeNo, String description, long amount) {

        /** @throws IllegalArgumentException when the amount is not positive or a number is blank */
        public Sale {
            if (amount < 1) {
                throw new IllegalArgumentException("The \"amount\" of an order is 1 fen or more.");
            }
            if (merchantId.isBlank() || outTradeNo.isBlank()) {
                throw new IllegalArgumentException("An order has a \"merchantId\" and an \"outTradeNo\".");
            }
        }
    }

    /**
     * Lets a user pay now.
     *
     * @throws IllegalArgumentException when the merchant has an order of this number already
     */
    public synchronized PaidOrder pay(String appId, String openId, Sale sale, Optional<String> combinedTradeNo) {
        if (find(sale.merchantId(), sale.outTradeNo()).isPresent()) {
            throw new IllegalArgumentException("The merchant has an order of this \"outTradeNo\" already.");
        }
        PaidOrder order = new PaidOrder(
                appId,
                openId,
                "42" + RandomText.digits(26),
                sale.merchantId(),
                sale.outTradeNo(),
                combinedTradeNo.orElse(null),
                sale.description(),
                sale.amount(),
                clock.instant(),
                PaidOrder.State.TO_SHIP,
                null);
        orders.put(order.transactionId(), order);
        numbers.put(new Trade(sale.merchantId(), sale.outTradeNo()), order.transactionId());
        return order;
    }

    /** The order of a number of WeChat's. */
    public Optional<PaidOrder> find(String transactionId) {
        return Optional.ofNullable(orders.get(transactionId));
    }

    /** The order of a merchant's number. */
    public Optional<PaidOrder> find(String merchantId, String outTradeNo) {
        return Optional.ofNullable(numbers.get(new Trade(merchantId, outTradeNo)))
                .flatMap(this::find);
    }

    /** The orders of an app, newest first. */
    public List<PaidOrder> of(String appId) {
        return orders.values().stream()
                .filter(order -> order.appId().equals(appId))
                .sorted(Comparator.comparing(PaidOrder::paidAt)
                        .thenComparing(PaidOrder::transactionId)
                        .reversed())
                .toList();
    }

    /** Changes an order at once; what the change throws leaves it as it was. */
    public Optional<PaidOrder> change(String transactionId, UnaryOperator<PaidOrder> change) {
        return Optional.ofNullable(orders.computeIfPresent(transactionId, (id, order) -> change.apply(order)));
    }
}
