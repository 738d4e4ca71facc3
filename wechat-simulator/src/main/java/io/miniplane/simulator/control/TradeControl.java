package io.miniplane.simulator.control;

import io.miniplane.simulator.world.Known;
import io.miniplane.simulator.world.PaidOrder;
import io.miniplane.simulator.world.PaidOrder.State;
import io.miniplane.simulator.world.PaidOrders.Sale;
import io.miniplane.simulator.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Lets users pay and confirm that goods came. */
public final class TradeControl {

    private final World world;

    TradeControl(World world) {
        this.world = world;
    }

    /**
     * Lets a user pay an order now.
     *
     * @throws IllegalArgumentException when the app or the user is unknown, or the merchant has the number already
     */
    public PaidOrder pay(String appId, String openId, Sale sale) {
        return pay(appId, openId, sale, Optional.empty());
    }

    /**
     * Lets a user pay an order now, as a part of a combined payment.
     *
     * @param combinedTradeNo the merchant's number of the whole payment
     * @throws IllegalArgumentException when the app or the user is unknown, or the merchant has the number already
     */
    public PaidOrder pay(String appId, String openId, Sale sale, Optional<String> combinedTradeNo) {
        Known.app(world, appId);
        Known.user(world, openId);
        world.visits().add(appId, openId);
        return world.orders().pay(appId, openId, sale, combinedTradeNo);
    }

    /**
     * Lets the buyer confirm that the goods came, so that the merchant is paid out.
     *
     * @throws IllegalArgumentException when the order is unknown or not shipped
     */
    public PaidOrder confirm(String transactionId) {
        known(transactionId);
        return world.settlements()
                .confirm(transactionId)
                .orElseThrow(() -> new IllegalArgumentException("This order is not shipped."));
    }

    /**
     * Puts an order into a state.
     *
     * @throws IllegalArgumentException when the order is unknown
     */
    public PaidOrder put(String transactionId, State state) {
        return world.orders().change(transactionId, order -> order.in(state)).orElseThrow(TradeControl::unknown);
    }

    /** The orders of an app, newest first. */
    public List<PaidOrder> orders(String appId) {
        return world.orders().of(appId);
    }

    /** Decides whether an app must tell its shipping. */
    public void manage(String appId, boolean managed) {
        Known.app(world, appId);
        world.tradeRules().manage(appId, managed);
    }

    /**
     * Lets the calls about shipping know orders only some time after they were paid.
     *
     * @throws IllegalArgumentException when the time is negative
     */
    public void unknownFor(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("\"unknownSeconds\" is 0 or more.");
        }
        world.tradeRules().unknownFor(time);
    }

    private void known(String transactionId) {
        if (world.orders().find(transactionId).isEmpty()) {
            throw unknown();
        }
    }

    private static IllegalArgumentException unknown() {
        return new IllegalArgumentException("This transactionId is unknown: make the order by POST /_control/orders.");
    }
}
