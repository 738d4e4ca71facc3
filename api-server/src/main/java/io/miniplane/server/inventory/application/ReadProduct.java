package io.miniplane.server.inventory.application;

import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.inventory.application.Products.Scope;
import io.miniplane.server.inventory.domain.Product;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import reactor.core.publisher.Mono;

/** Shows one product. */
public final class ReadProduct {

    private static final ErrorCode NO_SUCH_PRODUCT = new ErrorCode(40450);

    private final Products products;

    /** Reads from the products that are kept. */
    public ReadProduct(Products products) {
        this.products = products;
    }

    /** The product; 40450 where there is none of this id in the scope. */
    public Mono<Product> read(ProductId id, Scope scope) {
        return products.find(id, scope).switchIfEmpty(Mono.error(ReadProduct::noSuchProduct));
    }

    static Failure noSuchProduct() {
        return new Failure(NO_SUCH_PRODUCT);
    }
}
