package io.miniplane.server.order.application;

import io.miniplane.server.inventory.Inventory;
import io.miniplane.server.inventory.Inventory.Sale;
import io.miniplane.server.inventory.Inventory.Taking;
import io.miniplane.server.inventory.Line;
import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.order.OrderEvent;
import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.OrderStatus;
import io.miniplane.server.order.OrderedLine;
import io.miniplane.server.order.domain.Order;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import reactor.core.publisher.Mono;

/**
 * Keeps the goods of an order in step with it: takes them when it is made and so confirms or cancels it, sells them when it is paid, and gives them
 * back when it ends before they were sent. Each may be done again.
 */
public final class ConfirmOrder {

    private final Inventory inventory;
    private final Orders orders;
    private final ChangeOrder changes;
    private final Clock clock;

    /** Asks the inventory first, and tells the order then. */
    public ConfirmOrder(Inventory inventory, Orders orders, ChangeOrder changes, Clock clock) {
        this.inventory = inventory;
        this.orders = orders;
        this.changes = changes;
        this.clock = clock;
    }

    /** Follows what happened to an order; an error when the inventory does not answer, so that it is tried again. */
    public Mono<Void> follow(OrderEvent event) {
        return switch (event) {
            case OrderEvent.Created created -> take(created);
            case OrderEvent.Paid paid -> sell(paid.order());
            case OrderEvent.Cancelled cancelled -> giveBack(cancelled.order());
            case OrderEvent.Refunded refunded -> giveBackUnlessShipped(refunded.order());
            case OrderEvent.Confirmed confirmed -> Mono.empty();
            case OrderEvent.Shipped shipped -> Mono.empty();
            case OrderEvent.Completed completed -> Mono.empty();
        };
    }

    private Mono<Void> take(OrderEvent.Created created) {
        OrderId id = created.order();
        return inventory
                .take(
                        id.value(),
                        created.lines().stream().map(ConfirmOrder::line).toList())
                .flatMap(taking -> switch (taking) {
                    case Taking.Taken() ->
                        changes.change(id, order -> order.confirm(now())).then();
                    case Taking.Refused(var products) -> runOut(id);
                    case Taking.Closed() -> Mono.empty();
                });
    }

    /** Goods that went to others before the payment was told end the order, and the money goes back. */
    private Mono<Void> sell(OrderId id) {
        return inventory.sell(id.value()).flatMap(sale -> switch (sale) {
            case Sale.Sold() -> Mono.empty();
            case Sale.Gone(var products) -> runOut(id);
            case Sale.NothingHeld() -> runOut(id);
        });
    }

    private Mono<Void> runOut(OrderId id) {
        return changes.change(id, order -> order.runOut(now())).then();
    }

    private Mono<Void> giveBack(OrderId id) {
        return inventory.giveBack(id.value());
    }

    private Mono<Void> giveBackUnlessShipped(OrderId id) {
        return orders.find(id).filter(ConfirmOrder::isOverUnshipped).flatMap(order -> giveBack(id));
    }

    private static boolean isOverUnshipped(Order order) {
        return order.status() == OrderStatus.REFUNDED && !order.isShipped();
    }

    private static Line line(OrderedLine line) {
        return new Line(new ProductId(line.product().value()), line.quantity());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
