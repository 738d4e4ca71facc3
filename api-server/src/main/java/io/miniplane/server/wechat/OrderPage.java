package io.miniplane.server.wechat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some orders.
 *
 * @param orders the orders
 * @param next the place where the next page begins, or null where there is none
 */
public record OrderPage(List<ShippedOrder> orders, @Nullable String next) {

    /** Keeps the list as it is now. */
    public OrderPage {
        orders = List.copyOf(orders);
    }
}
