package io.miniplane.server.inventory.web;

import io.miniplane.server.inventory.domain.Product;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A product as users see it; {@code price} is in fen. {@code inStock} is null where a service of the team keeps the stock. */
record ProductBody(
        UUID productId,
        String name,
        String description,
        long price,
        @Nullable Boolean inStock) {

    static ProductBody of(Product product, boolean isStockOurs) {
        return new ProductBody(
                product.id().value(),
                product.offer().name(),
                product.offer().description(),
                product.offer().price().amount(),
                isStockOurs ? product.stock().isThere() : null);
    }
}
