package io.miniplane.server.inventory.application;

import io.miniplane.server.inventory.application.Products.Scope;
import io.miniplane.server.inventory.domain.Product;
import io.miniplane.server.platform.Paging;
import java.util.List;
import reactor.core.publisher.Mono;

/** Shows what is sold, part by part. */
public final class BrowseProducts {

    private final Products products;

    /** Reads from the products that are kept. */
    public BrowseProducts(Products products) {
        this.products = products;
    }

    /** The products, the newest first, one more than the part holds where there are more. */
    public Mono<List<Product>> browse(Paging paging, Scope scope) {
        return products.list(paging, scope);
    }
}
