package io.miniplane.server.inventory.web;

import io.miniplane.server.inventory.domain.Product;
import io.miniplane.server.inventory.domain.Stock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A product as staff sees it; {@code price} is in fen, {@code createdAt} is UTC in ISO 8601. */
record StockedProductBody(
        UUID productId,
        String name,
        String description,
        long price,
        boolean published,
        @Nullable Counts stock,
        long version,
        Instant createdAt) {

    static StockedProductBody of(Product product, boolean isStockOurs) {
        return new StockedProductBody(
                product.id().value(),
                product.offer().name(),
                product.offer().description(),
                product.offer().price().amount(),
                product.offer().published(),
                isStockOurs ? Counts.of(product.stock()) : null,
                product.version(),
                product.createdAt());
    }

    /** How much there is of it. */
    record Counts(long available, long reserved, long sold) {

        private static Counts of(Stock stock) {
            return new Counts(stock.available(), stock.reserved(), stock.sold());
        }
    }
}
