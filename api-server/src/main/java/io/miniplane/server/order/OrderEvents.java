package io.miniplane.server.order;

import io.miniplane.server.order.OrderEvent.Cancelled;
import io.miniplane.server.order.OrderEvent.Completed;
import io.miniplane.server.order.OrderEvent.Confirmed;
import io.miniplane.server.order.OrderEvent.Created;
import io.miniplane.server.order.OrderEvent.Paid;
import io.miniplane.server.order.OrderEvent.Refunded;
import io.miniplane.server.order.OrderEvent.Shipped;
import io.miniplane.server.platform.Fen;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.DomainEvent.Aggregate;
import io.miniplane.server.platform.security.UserId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The events of orders as the outbox carries them: types, and data as JSON with money in fen. What is added to the data later does no harm. */
public final class OrderEvents {

    /** The type of {@link Created}. */
    public static final String CREATED = "order.created";

    /** The type of {@link Confirmed}. */
    public static final String CONFIRMED = "order.confirmed";

    /** The type of {@link Cancelled}. */
    public static final String CANCELLED = "order.cancelled";

    /** The type of {@link Paid}. */
    public static final String PAID = "order.paid";

    /** The type of {@link Shipped}. */
    public static final String SHIPPED = "order.shipped";

    /** The type of {@link Completed}. */
    public static final String COMPLETED = "order.completed";

    /** The type of {@link Refunded}. */
    public static final String REFUNDED = "order.refunded";

    /** The kind of aggregate that all of them happen to. */
    public static final String AGGREGATE = "order";

    private OrderEvents() {}

    /** The event as it is written to the outbox. */
    public static DomainEvent write(OrderEvent event) {
        ObjectNode data = JsonMapper.shared()
                .createObjectNode()
                .put("orderId", event.order().toString())
                .put("userId", event.user().toString());
        String type = fill(data, event);
        return DomainEvent.of(type, new Aggregate(AGGREGATE, event.order().toString()), data.toString());
    }

    /**
     * The event that the outbox carried.
     *
     * @throws IllegalArgumentException when it is none of an order, or its data cannot be read
     */
    public static OrderEvent read(DomainEvent event) {
        JsonNode data = JsonMapper.shared().readTree(event.data());
        OrderId order = OrderId.parse(text(data, "orderId"));
        UserId user = new UserId(UUID.fromString(text(data, "userId")));
        return switch (event.type()) {
            case CREATED -> new Created(order, user, lines(data.path("lines")));
            case CONFIRMED -> new Confirmed(order, user, fen(data, "total"));
            case CANCELLED ->
                new Cancelled(order, user, CancelReason.valueOf(text(data, "reason")), fen(data, "refundDue"));
            case PAID -> new Paid(order, user, fen(data, "total"), text(data, "transactionId"));
            case SHIPPED -> new Shipped(order, user, shippedBy(data));
            case COMPLETED -> new Completed(order, user);
            case REFUNDED -> new Refunded(order, user, fen(data, "amount"));
            default -> throw new IllegalArgumentException("No event of an order has the type " + event.type());
        };
    }

    private static String fill(ObjectNode data, OrderEvent event) {
        return switch (event) {
            case Created created -> {
                ArrayNode lines = data.putArray("lines");
                created.lines()
                        .forEach(line -> lines.addObject()
                                .put("productId", line.product().toString())
                                .put("quantity", line.quantity()));
                yield CREATED;
            }
            case Confirmed confirmed -> {
                data.put("total", confirmed.total().amount());
                yield CONFIRMED;
            }
            case Cancelled cancelled -> {
                data.put("reason", cancelled.reason().name())
                        .put("refundDue", cancelled.refundDue().amount());
                yield CANCELLED;
            }
            case Paid paid -> {
                data.put("total", paid.total().amount()).put("transactionId", paid.transactionId());
                yield PAID;
            }
            case Shipped(var order, var user, var by) -> {
                data.put("carrier", by.carrier())
                        .put("trackingNumber", by.trackingNumber())
                        .put("logistics", by.logistics().name());
                yield SHIPPED;
            }
            case Completed completed -> COMPLETED;
            case Refunded refunded -> {
                data.put("amount", refunded.amount().amount());
                yield REFUNDED;
            }
        };
    }

    private static List<OrderedLine> lines(JsonNode lines) {
        return lines.valueStream()
                .map(line -> new OrderedLine(
                        new ProductRef(UUID.fromString(text(line, "productId"))),
                        line.path("quantity").asInt()))
                .toList();
    }

    private static ShippedBy shippedBy(JsonNode data) {
        return new ShippedBy(
                ShippedBy.Logistics.valueOf(text(data, "logistics")),
                optional(data, "carrier"),
                optional(data, "trackingNumber"));
    }

    private static Fen fen(JsonNode data, String field) {
        JsonNode amount = data.path(field);
        if (!amount.isIntegralNumber()) {
            throw new IllegalArgumentException("The data of the event has no amount " + field);
        }
        return new Fen(amount.asLong());
    }

    private static String text(JsonNode data, String field) {
        String text = optional(data, field);
        if (text == null) {
            throw new IllegalArgumentException("The data of the event has no text " + field);
        }
        return text;
    }

    private static @Nullable String optional(JsonNode data, String field) {
        JsonNode text = data.path(field);
        return text.isString() ? text.asString() : null;
    }
}
