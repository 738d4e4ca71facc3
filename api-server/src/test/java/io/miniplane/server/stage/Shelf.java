package io.miniplane.server.stage;

import com.fasterxml.uuid.Generators;
import io.miniplane.server.inventory.ProductId;
import java.util.Map;

/** Products and their stock as the database of a backend holds them, for tests that are about something else than how staff puts them there. */
public record Shelf(Backend backend) {

    /** Adds a published product of which so many can be bought. */
    public ProductId put(String name, long price, long available) {
        ProductId id = new ProductId(Generators.timeBasedEpochRandomGenerator().generate());
        backend.execute(
                "WITH made AS (INSERT INTO products (id, name, description, price, is_published, issuer, subject)"
                        + " VALUES ('" + id + "', '" + name + "', '', " + price
                        + ", true, 'https://staff.example', 'oli') RETURNING id)"
                        + " INSERT INTO stock (product_id, available) SELECT id, " + available + " FROM made");
        return id;
    }

    /** How many can be bought, are reserved and are sold. */
    public Counts counts(ProductId product) {
        Map<String, Object> row = backend.rows(
                        "SELECT available, reserved, sold FROM stock WHERE product_id = '" + product + "'")
                .getFirst();
        return new Counts((Long) row.get("available"), (Long) row.get("reserved"), (Long) row.get("sold"));
    }

    /** Lets every reservation that is held run out. */
    public void letReservationsRunOut() {
        backend.execute("UPDATE reservations SET expires_at = now() - interval '1 second' WHERE status = 'HELD'");
    }

    public record Counts(long available, long reserved, long sold) {}
}
