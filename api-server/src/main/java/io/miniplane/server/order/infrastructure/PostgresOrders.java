package io.miniplane.server.order.infrastructure;

import static io.miniplane.server.order.infrastructure.OrderRows.required;

import io.miniplane.server.order.OrderEvents;
import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.OrderedLine;
import io.miniplane.server.order.application.Orders;
import io.miniplane.server.order.domain.Decision;
import io.miniplane.server.order.domain.Item;
import io.miniplane.server.order.domain.Order;
import io.miniplane.server.platform.Fen;
import io.miniplane.server.platform.IdempotencyKey;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.Outbox;
import io.miniplane.server.platform.events.Traceparent;
import io.miniplane.server.platform.security.UserId;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Orders in PostgreSQL. */
final class PostgresOrders implements Orders {

    private static final String PLACE = """
            WITH priced AS MATERIALIZED (
                SELECT wanted.position, wanted.product, wanted.quantity, catalogue.name, catalogue.price
                FROM unnest(:products, :quantities) WITH ORDINALITY AS wanted (product, quantity, position)
                LEFT JOIN catalogue ON catalogue.id = wanted.product
            ),
            placed AS (
                INSERT INTO orders (id, user_id, status, total, idempotency_key, request_digest, created_at)
                SELECT :id, :user, 'CREATED', sum(price * quantity::numeric)::bigint, :key, :digest, :at FROM priced
                HAVING count(price) = count(*) AND sum(price * quantity::numeric) <= :most
                ON CONFLICT ON CONSTRAINT orders_key_is_used_once DO NOTHING
                RETURNING id
            ),
            items AS (
                INSERT INTO order_items (order_id, position, product_id, name, price, quantity)
                SELECT placed.id, priced.position, priced.product, priced.name, priced.price, priced.quantity
                FROM priced, placed
            ),
            event AS (
            """ + Outbox.INSERT + """
                WHERE EXISTS (SELECT FROM placed)
            )
            SELECT EXISTS (SELECT FROM placed) AS placed, name, price FROM priced ORDER BY position
            """;

    private static final String CHANGE = """
            UPDATE orders SET
                status = :status, version = :version, confirmed_at = :confirmed_at, transaction_id = :transaction,
                paid = :paid, paid_at = :paid_at, logistics = :logistics, carrier = :carrier,
                tracking_number = :tracking, shipped_at = :shipped_at, completed_at = :completed_at,
                cancel_reason = :reason, refund_due = :refund_due, cancelled_at = :cancelled_at,
                refunded = :refunded, refund_ids = :refund_ids
            WHERE id = :id AND version = :version - 1
            """;

    private static final String CHANGE_AND_TELL = "WITH changed AS (" + CHANGE + " RETURNING id), event AS ("
            + Outbox.INSERT + " WHERE EXISTS (SELECT FROM changed)) SELECT id FROM changed";

    private static final String UNPAID = """
            SELECT id FROM orders WHERE status = 'CONFIRMED' AND confirmed_at <= :then ORDER BY confirmed_at LIMIT :most
            """;

    private static final String ON_THEIR_WAY = """
            SELECT id FROM orders WHERE status = 'SHIPPED' AND shipped_at <= :then ORDER BY shipped_at LIMIT :most
            """;

    private final DatabaseClient database;
    private final Outbox outbox;

    PostgresOrders(DatabaseClient database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    @Override
    public Mono<Placing> place(NewOrder order) {
        List<OrderedLine> lines = order.basket().lines();
        IdempotencyKey key = order.key();
        return Mono.deferContextual(context -> outbox.bind(
                        database.sql(PLACE), OrderEvents.write(order.event()).within(Traceparent.of(context)))
                .bind(
                        "products",
                        lines.stream().map(line -> line.product().value()).toArray(UUID[]::new))
                .bind("quantities", lines.stream().map(OrderedLine::quantity).toArray(Integer[]::new))
                .bind("id", order.id().value())
                .bind("user", order.user().value())
                .bind("key", Parameters.in(R2dbcType.VARCHAR, key == null ? null : key.value()))
                .bind("digest", Parameters.in(R2dbcType.VARCHAR, key == null ? null : key.digest()))
                .bind("at", order.at())
                .bind("most", Order.MOST.amount())
                .map(PricedLine::of)
                .all()
                .collectList()
                .map(priced -> placing(order, priced))
                .doOnNext(this::wakeIfPlaced));
    }

    @Override
    public Mono<Keyed> findByKey(UserId user, String key) {
        return database.sql(OrderRows.SELECT + " WHERE o.user_id = :user AND o.idempotency_key = :key")
                .bind("user", user.value())
                .bind("key", key)
                .map(row -> new Keyed(OrderRows.order(row), required(row, "request_digest", String.class)))
                .one();
    }

    @Override
    public Mono<Order> find(OrderId id) {
        return database.sql(OrderRows.SELECT + " WHERE o.id = :id")
                .bind("id", id.value())
                .map(OrderRows::order)
                .one();
    }

    @Override
    public Mono<List<Order>> list(Query query) {
        UUID after = query.paging().after();
        GenericExecuteSpec statement =
                database.sql(listing(query)).bind("rows", query.paging().toRead());
        statement = after == null ? statement : statement.bind("after", after);
        UserId user = query.user();
        statement = user == null ? statement : statement.bind("user", user.value());
        statement = query.status() == null
                ? statement
                : statement.bind("status", query.status().name());
        return statement.map(OrderRows::order).all().collectList();
    }

    @Override
    public Mono<Boolean> save(Decision decision) {
        return Mono.deferContextual(context -> switch (decision) {
            case Decision.Changed(var order, var event) ->
                tell(order, OrderEvents.write(event).within(Traceparent.of(context)));
            case Decision.Noted(var order) ->
                bind(database.sql(CHANGE), order).fetch().rowsUpdated().map(rows -> rows > 0);
            case Decision.Unchanged(var order) -> Mono.just(true);
        });
    }

    @Override
    public Flux<OrderId> unpaidSince(Instant then, int most) {
        return overdue(UNPAID, then, most);
    }

    @Override
    public Flux<OrderId> shippedBefore(Instant then, int most) {
        return overdue(ON_THEIR_WAY, then, most);
    }

    private Flux<OrderId> overdue(String statement, Instant then, int most) {
        return database.sql(statement)
                .bind("then", then)
                .bind("most", most)
                .map(row -> new OrderId(required(row, "id", UUID.class)))
                .all();
    }

    private Mono<Boolean> tell(Order order, DomainEvent event) {
        return outbox.bind(bind(database.sql(CHANGE_AND_TELL), order), event)
                .map(row -> true)
                .one()
                .doOnNext(changed -> outbox.wake())
                .defaultIfEmpty(false);
    }

    private void wakeIfPlaced(Placing placing) {
        if (placing instanceof Placed) {
            outbox.wake();
        }
    }

    private static Placing placing(NewOrder order, List<PricedLine> priced) {
        if (priced.getFirst().isPlaced()) {
            return new Placed(Order.made(order.id(), order.user(), items(order, priced), order.at()));
        }
        List<OrderedLine> lines = order.basket().lines();
        for (int i = 0; i < lines.size(); i++) {
            if (priced.get(i).name() == null) {
                return new NotForSale(lines.get(i).product());
            }
        }
        return isTooDear(lines, priced) ? new TooDear() : new KeyInUse();
    }

    private static boolean isTooDear(List<OrderedLine> lines, List<PricedLine> priced) {
        double total = 0;
        for (int i = 0; i < lines.size(); i++) {
            total += (double) priced.get(i).price() * lines.get(i).quantity();
        }
        return total > Order.MOST.amount();
    }

    private static List<Item> items(NewOrder order, List<PricedLine> priced) {
        List<OrderedLine> lines = order.basket().lines();
        return IntStream.range(0, lines.size())
                .mapToObj(i -> new Item(
                        lines.get(i),
                        Objects.requireNonNull(priced.get(i).name()),
                        new Fen(priced.get(i).price())))
                .toList();
    }

    private static String listing(Query query) {
        return OrderRows.SELECT + " WHERE true"
                + (query.paging().after() == null ? "" : " AND o.id < :after")
                + (query.user() == null ? "" : " AND o.user_id = :user")
                + (query.status() == null ? "" : " AND o.status = :status")
                + " ORDER BY o.id DESC LIMIT :rows";
    }

    private static GenericExecuteSpec bind(GenericExecuteSpec statement, Order order) {
        return OrderColumns.bind(
                statement
                        .bind("id", order.id().value())
                        .bind("version", order.version())
                        .bind("status", order.status().name()),
                order.history());
    }

    /** A line as the statement answers it; a product that is not for sale has no name. */
    private record PricedLine(boolean isPlaced, @Nullable String name, long price) {

        static PricedLine of(Readable row) {
            Long price = row.get("price", Long.class);
            return new PricedLine(
                    required(row, "placed", Boolean.class), row.get("name", String.class), price == null ? 0 : price);
        }
    }
}
