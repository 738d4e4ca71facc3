package io.miniplane.server.order.application;

import io.miniplane.server.order.application.Orders.Query;
import io.miniplane.server.order.domain.Order;
import java.util.List;
import reactor.core.publisher.Mono;

/** Shows orders, part by part. */
public final class BrowseOrders {

    private final Orders orders;

    /** Reads from the orders that are kept. */
    public BrowseOrders(Orders orders) {
        this.orders = orders;
    }

    /** The orders, the newest first, one more than the part holds where there are more. */
    public Mono<List<Order>> browse(Query query) {
        return orders.list(query);
    }
}
