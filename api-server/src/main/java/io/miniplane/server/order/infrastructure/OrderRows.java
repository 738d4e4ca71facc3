package io.miniplane.server.order.infrastructure;

import io.miniplane.server.order.CancelReason;
import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.OrderStatus;
import io.miniplane.server.order.OrderedLine;
import io.miniplane.server.order.ProductRef;
import io.miniplane.server.order.ShippedBy;
import io.miniplane.server.order.domain.Cancellation;
import io.miniplane.server.order.domain.Dispatch;
import io.miniplane.server.order.domain.History;
import io.miniplane.server.order.domain.Item;
import io.miniplane.server.order.domain.Order;
import io.miniplane.server.order.domain.Payment;
import io.miniplane.server.order.domain.Refunds;
import io.miniplane.server.platform.Fen;
import io.miniplane.server.platform.security.UserId;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Orders as rows: one for each, which has its items in arrays beside it. */
final class OrderRows {

    /** What is read of orders called {@code o}; a {@code WHERE} clause follows. */
    static final String SELECT = """
            SELECT o.id, o.user_id, o.status, o.version, o.request_digest, o.created_at, o.confirmed_at, o.transaction_id, o.paid,
                o.paid_at, o.logistics, o.carrier, o.tracking_number, o.shipped_at, o.completed_at, o.cancel_reason,
                o.refund_due, o.cancelled_at, o.refunded, o.refund_ids, i.products, i.names, i.prices, i.quantities
            FROM orders o CROSS JOIN LATERAL (
                SELECT array_agg(product_id ORDER BY position) AS products, array_agg(name ORDER BY position) AS names,
                    array_agg(price ORDER BY position) AS prices, array_agg(quantity ORDER BY position) AS quantities
                FROM order_items WHERE order_id = o.id) i
            """;

    private OrderRows() {}

    static Order order(Readable row) {
        return new Order(
                new OrderId(required(row, "id", UUID.class)),
                new UserId(required(row, "user_id", UUID.class)),
                items(row),
                OrderStatus.valueOf(required(row, "status", String.class)),
                required(row, "version", Long.class),
                new History(
                        required(row, "created_at", Instant.class),
                        row.get("confirmed_at", Instant.class),
                        payment(row),
                        dispatch(row),
                        row.get("completed_at", Instant.class),
                        cancellation(row),
                        new Refunds(
                                List.of(required(row, "refund_ids", String[].class)),
                                new Fen(required(row, "refunded", Long.class)))));
    }

    static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }

    private static List<Item> items(Readable row) {
        UUID[] products = required(row, "products", UUID[].class);
        String[] names = required(row, "names", String[].class);
        Long[] prices = required(row, "prices", Long[].class);
        Integer[] quantities = required(row, "quantities", Integer[].class);
        return IntStream.range(0, products.length)
                .mapToObj(i -> new Item(
                        new OrderedLine(new ProductRef(products[i]), quantities[i]), names[i], new Fen(prices[i])))
                .toList();
    }

    private static @Nullable Payment payment(Readable row) {
        String transaction = row.get("transaction_id", String.class);
        return transaction == null
                ? null
                : new Payment(
                        transaction,
                        new Fen(required(row, "paid", Long.class)),
                        required(row, "paid_at", Instant.class));
    }

    private static @Nullable Dispatch dispatch(Readable row) {
        String logistics = row.get("logistics", String.class);
        return logistics == null
                ? null
                : new Dispatch(
                        new ShippedBy(
                                ShippedBy.Logistics.valueOf(logistics),
                                row.get("carrier", String.class),
                                row.get("tracking_number", String.class)),
                        required(row, "shipped_at", Instant.class));
    }

    private static @Nullable Cancellation cancellation(Readable row) {
        String reason = row.get("cancel_reason", String.class);
        return reason == null
                ? null
                : new Cancellation(
                        CancelReason.valueOf(reason),
                        new Fen(required(row, "refund_due", Long.class)),
                        required(row, "cancelled_at", Instant.class));
    }
}
