package io.miniplane.server.inventory.application;

import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.inventory.application.Products.Added;
import io.miniplane.server.inventory.domain.Offer;
import io.miniplane.server.inventory.domain.Product;
import io.miniplane.server.platform.IdempotencyKey;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Adds a product on behalf of staff. */
public final class AddProduct {

    private final Products products;
    private final Supplier<UUID> ids;

    /** Takes ids from the given source, which makes UUIDs of version 7. */
    public AddProduct(Products products, Supplier<UUID> ids) {
        this.products = products;
        this.ids = ids;
    }

    /** The new product, or the one that was added under this key before; 40930 where that was asked for by another body. */
    public Mono<Product> add(Offer offer, Asked asked) {
        Mono<Product> added = products.add(new ProductId(ids.get()), offer, asked);
        IdempotencyKey key = asked.key();
        return key == null
                ? added
                : added.switchIfEmpty(Mono.defer(() -> products.added(asked)).map(before -> same(key, before)));
    }

    private static Product same(IdempotencyKey key, Added before) {
        key.requireSame(before.digest());
        return before.product();
    }
}
