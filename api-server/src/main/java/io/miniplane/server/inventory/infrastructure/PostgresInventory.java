package io.miniplane.server.inventory.infrastructure;

import io.miniplane.server.inventory.Inventory;
import io.miniplane.server.inventory.Line;
import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.inventory.domain.Basket;
import io.miniplane.server.platform.events.EventHandler.Effect;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Our own stock: each act is one statement, a call of the function of its name in the migrations, which say how they lock. */
final class PostgresInventory implements Inventory {

    private static final String TAKE = "SELECT outcome, short "
            + "FROM take_stock(:order, :products, :quantities, make_interval(secs => :seconds))";
    private static final String GIVE_BACK = "SELECT give_back_stock(:order)";
    private static final String SELL = "SELECT outcome, short FROM sell_stock(:order)";
    private static final String EXPIRE = "SELECT expire_stock(:most) AS expired";

    private final DatabaseClient database;
    private final Duration reservationTime;

    PostgresInventory(DatabaseClient database, Duration reservationTime) {
        this.database = database;
        this.reservationTime = reservationTime;
    }

    @Override
    public Mono<Taking> take(UUID order, List<Line> lines) {
        Basket basket = Basket.of(lines);
        return database.sql(TAKE)
                .bind("order", order)
                .bind(
                        "products",
                        basket.products().stream().map(ProductId::value).toArray(UUID[]::new))
                .bind(
                        "quantities",
                        basket.entries().stream().map(Map.Entry::getValue).toArray(Long[]::new))
                .bind("seconds", (double) reservationTime.toSeconds())
                .map(PostgresInventory::taking)
                .one();
    }

    @Override
    public Mono<Void> giveBack(UUID order) {
        return database.sql(GIVE_BACK).bind("order", order).then();
    }

    @Override
    public Mono<Sale> sell(UUID order) {
        return database.sql(SELL)
                .bind("order", order)
                .map(PostgresInventory::sale)
                .one();
    }

    @Override
    public Duration reservationTime() {
        return reservationTime;
    }

    @Override
    public Effect effect() {
        return Effect.DATABASE;
    }

    /** Returns to the stock what was reserved for too long, and tells how many reservations that were, so many at most. */
    Mono<Integer> expire(int most) {
        return database.sql(EXPIRE)
                .bind("most", most)
                .map(row -> Objects.requireNonNull(row.get("expired", Integer.class)))
                .one();
    }

    private static Taking taking(Readable row) {
        return switch (outcome(row)) {
            case "HELD" -> new Taking.Taken();
            case "REFUSED" -> new Taking.Refused(products(row));
            case "GIVEN_BACK" -> new Taking.Closed();
            case String other -> throw new IllegalStateException("A reservation cannot be taken into " + other);
        };
    }

    private static Sale sale(Readable row) {
        return switch (outcome(row)) {
            case "SOLD" -> new Sale.Sold();
            case "EXPIRED" -> new Sale.Gone(products(row));
            case "GIVEN_BACK", "REFUSED", "NONE" -> new Sale.NothingHeld();
            case String other -> throw new IllegalStateException("A reservation cannot be sold into " + other);
        };
    }

    private static String outcome(Readable row) {
        return Objects.requireNonNull(row.get("outcome", String.class));
    }

    private static Set<ProductId> products(Readable row) {
        return Arrays.stream(Objects.requireNonNull(row.get("short", UUID[].class)))
                .map(ProductId::new)
                .collect(Collectors.toUnmodifiableSet());
    }
}
