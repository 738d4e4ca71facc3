package io.miniplane.server.inventory.infrastructure;

import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.inventory.application.Asked;
import io.miniplane.server.inventory.application.Products;
import io.miniplane.server.inventory.domain.Offer;
import io.miniplane.server.inventory.domain.Product;
import io.miniplane.server.inventory.domain.Stock;
import io.miniplane.server.platform.Fen;
import io.miniplane.server.platform.IdempotencyKey;
import io.miniplane.server.platform.Paging;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** Products and their counts in PostgreSQL. */
final class PostgresProducts implements Products {

    private static final String OFFER = "id, name, description, price, is_published, version, created_at";
    private static final String COLUMNS = OFFER + ", available, reserved, sold";
    private static final String ALL = "SELECT " + COLUMNS + " FROM products JOIN stock ON product_id = id";

    private static final String ADD = "WITH made AS (INSERT INTO products "
            + "(id, name, description, price, is_published, issuer, subject, idempotency_key, idempotency_digest) "
            + "VALUES (:id, :name, :description, :price, :is_published, :issuer, :subject, :key, :digest) "
            + "ON CONFLICT (issuer, subject, idempotency_key) DO NOTHING RETURNING " + OFFER + "), "
            + "counted AS (INSERT INTO stock (product_id) SELECT id FROM made RETURNING product_id, available, reserved, sold) "
            + "SELECT " + COLUMNS + " FROM made JOIN counted ON product_id = id";

    private static final String ADDED = "SELECT " + COLUMNS + ", idempotency_digest "
            + "FROM products JOIN stock ON product_id = id "
            + "WHERE issuer = :issuer AND subject = :subject AND idempotency_key = :key";

    private static final String REPLACE = "WITH target AS (SELECT id FROM products WHERE id = :id), "
            + "changed AS (UPDATE products SET name = :name, description = :description, price = :price, "
            + "is_published = :is_published, version = version + 1 WHERE id = :id AND version = :version RETURNING "
            + OFFER
            + ") SELECT (SELECT count(*) FROM target) AS found, " + COLUMNS
            + " FROM (SELECT) AS once LEFT JOIN changed ON true LEFT JOIN stock ON product_id = id";

    private final DatabaseClient database;

    PostgresProducts(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<List<Product>> list(Paging paging, Scope scope) {
        UUID after = paging.after();
        GenericExecuteSpec statement = database.sql(ALL + " WHERE " + condition(scope)
                        + (after == null ? "" : " AND id < :after") + " ORDER BY id DESC LIMIT :rows")
                .bind("rows", paging.toRead());
        return (after == null ? statement : statement.bind("after", after))
                .map(PostgresProducts::product)
                .all()
                .collectList();
    }

    @Override
    public Mono<Product> find(ProductId id, Scope scope) {
        return database.sql(ALL + " WHERE " + condition(scope) + " AND id = :id")
                .bind("id", id.value())
                .map(PostgresProducts::product)
                .one();
    }

    @Override
    public Mono<Product> add(ProductId id, Offer offer, Asked asked) {
        IdempotencyKey key = asked.key();
        return withOffer(database.sql(ADD), id, offer)
                .bind("issuer", asked.who().issuer())
                .bind("subject", asked.who().subject())
                .bind("key", text(key == null ? null : key.value()))
                .bind("digest", text(key == null ? null : key.digest()))
                .map(PostgresProducts::product)
                .one();
    }

    @Override
    public Mono<Added> added(Asked asked) {
        return database.sql(ADDED)
                .bind("issuer", asked.who().issuer())
                .bind("subject", asked.who().subject())
                .bind("key", Objects.requireNonNull(asked.key()).value())
                .map(row -> new Added(product(row), row.get("idempotency_digest", String.class)))
                .one();
    }

    @Override
    public Mono<Replacement> replace(ProductId id, Offer offer, long version) {
        return withOffer(database.sql(REPLACE), id, offer)
                .bind("version", version)
                .map(row -> new Replacement(count(row, "found") > 0, row.get("id") == null ? null : product(row)))
                .one();
    }

    private static String condition(Scope scope) {
        return scope == Scope.ALL ? "true" : "is_published";
    }

    private static GenericExecuteSpec withOffer(GenericExecuteSpec statement, ProductId id, Offer offer) {
        return statement
                .bind("id", id.value())
                .bind("name", offer.name())
                .bind("description", offer.description())
                .bind("price", offer.price().amount())
                .bind("is_published", offer.published());
    }

    static Parameter text(@Nullable String value) {
        return Parameters.in(R2dbcType.VARCHAR, value);
    }

    static long count(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Long.class));
    }

    private static Product product(Readable row) {
        return new Product(
                new ProductId(row.get("id", UUID.class)),
                new Offer(
                        row.get("name", String.class),
                        row.get("description", String.class),
                        new Fen(count(row, "price")),
                        row.get("is_published", Boolean.class)),
                new Stock(count(row, "available"), count(row, "reserved"), count(row, "sold")),
                count(row, "version"),
                row.get("created_at", Instant.class));
    }
}
