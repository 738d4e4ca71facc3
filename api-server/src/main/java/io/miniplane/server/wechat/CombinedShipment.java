package io.miniplane.server.wechat;

import java.time.Instant;
import java.util.List;

/**
 * How orders that were paid together were shipped.
 *
 * @param payment the payment of all
 * @param orders the orders, 1 to 10
 * @param openId who paid
 * @param at when it was told; later than at the time before
 */
public record CombinedShipment(OrderName payment, List<Shipment.Goods> orders, String openId, Instant at) {

    private static final int MOST = 10;

    /** @throws WechatFailure.BadArgument when a value breaks a rule */
    public CombinedShipment {
        Rules.id("openId", openId);
        Rules.within("orders", orders.size(), 1, MOST);
        orders = List.copyOf(orders);
    }

    @Override
    public String toString() {
        return "CombinedShipment[redacted]";
    }
}
