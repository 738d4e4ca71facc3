package io.miniplane.server.inventory.infrastructure;

import static io.miniplane.server.inventory.infrastructure.PostgresProducts.count;
import static io.miniplane.server.inventory.infrastructure.PostgresProducts.text;

import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.inventory.application.Asked;
import io.miniplane.server.inventory.application.StockChanges;
import io.miniplane.server.inventory.domain.StockChange;
import io.miniplane.server.platform.IdempotencyKey;
import io.miniplane.server.platform.Paging;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** What staff has put in and taken out, in PostgreSQL. */
final class PostgresStockChanges implements StockChanges {

    private static final String COLUMNS =
            "id, product_id, delta, reason, available_after, subject, at, idempotency_digest";

    private static final String MAKE = """
            WITH target AS (SELECT FROM stock WHERE product_id = :product),
            changed AS (
                UPDATE stock SET available = available + :delta
                WHERE product_id = :product AND available + :delta >= 0 AND NOT EXISTS (
                    SELECT FROM stock_changes WHERE issuer = :issuer AND subject = :subject AND idempotency_key = :key)
                RETURNING product_id, available),
            made AS (
                INSERT INTO stock_changes
                    (id, product_id, delta, reason, available_after, issuer, subject, idempotency_key, idempotency_digest)
                SELECT :id, product_id, :delta, :reason, available, :issuer, :subject, :key, :digest FROM changed
                RETURNING *)
            SELECT (SELECT count(*) FROM target) AS found, made.* FROM (SELECT) AS once LEFT JOIN made ON true
            """;

    private static final String MADE = "SELECT " + COLUMNS
            + " FROM stock_changes WHERE issuer = :issuer AND subject = :subject AND idempotency_key = :key";

    private static final String LIST = "SELECT " + COLUMNS + " FROM stock_changes WHERE product_id = :product";

    /** The same key was used by somebody whose change this statement could not see yet; it has undone itself. */
    private static final Attempt BEATEN = new Attempt(true, null);

    private final DatabaseClient database;

    PostgresStockChanges(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Attempt> make(UUID id, ProductId product, StockChange change, Asked asked) {
        IdempotencyKey key = asked.key();
        return database.sql(MAKE)
                .bind("id", id)
                .bind("product", product.value())
                .bind("delta", (long) change.delta())
                .bind("reason", change.reason())
                .bind("issuer", asked.who().issuer())
                .bind("subject", asked.who().subject())
                .bind("key", text(key == null ? null : key.value()))
                .bind("digest", text(key == null ? null : key.digest()))
                .map(row -> new Attempt(count(row, "found") > 0, row.get("id") == null ? null : change(row)))
                .one()
                .onErrorReturn(DuplicateKeyException.class, BEATEN);
    }

    @Override
    public Mono<Made> made(Asked asked) {
        return database.sql(MADE)
                .bind("issuer", asked.who().issuer())
                .bind("subject", asked.who().subject())
                .bind("key", Objects.requireNonNull(asked.key()).value())
                .map(PostgresStockChanges::change)
                .one();
    }

    @Override
    public Mono<List<Made>> list(ProductId product, Paging paging) {
        UUID after = paging.after();
        GenericExecuteSpec statement = database.sql(
                        LIST + (after == null ? "" : " AND id < :after") + " ORDER BY id DESC LIMIT :rows")
                .bind("product", product.value())
                .bind("rows", paging.toRead());
        return (after == null ? statement : statement.bind("after", after))
                .map(PostgresStockChanges::change)
                .all()
                .collectList();
    }

    private static Made change(Readable row) {
        return new Made(
                row.get("id", UUID.class),
                new ProductId(row.get("product_id", UUID.class)),
                new StockChange(Math.toIntExact(count(row, "delta")), row.get("reason", String.class)),
                count(row, "available_after"),
                row.get("subject", String.class),
                row.get("at", Instant.class),
                row.get("idempotency_digest", String.class));
    }
}
