package io.miniplane.server.inventory.application;

import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.inventory.application.Products.Replacement;
import io.miniplane.server.inventory.domain.Offer;
import io.miniplane.server.inventory.domain.Product;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import reactor.core.publisher.Mono;

/** Replaces what is said of a product on behalf of staff, unless it has changed since they saw it. Orders keep the price that they were made at. */
public final class ReplaceProduct {

    private static final ErrorCode STALE = new ErrorCode(40950);

    private final Products products;

    /** Writes to the products that are kept. */
    public ReplaceProduct(Products products) {
        this.products = products;
    }

    /** The product as it is now; 40450 where there is none, 40950 where it is of another version. */
    public Mono<Product> replace(ProductId id, Offer offer, long version) {
        return products.replace(id, offer, version).map(ReplaceProduct::replaced);
    }

    private static Product replaced(Replacement replacement) {
        Product product = replacement.product();
        if (product == null) {
            throw replacement.found() ? new Failure(STALE) : ReadProduct.noSuchProduct();
        }
        return product;
    }
}
