package io.miniplane.server.inventory.application;

import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.inventory.domain.Offer;
import io.miniplane.server.inventory.domain.Product;
import io.miniplane.server.platform.Paging;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What is sold. */
public interface Products {

    /** Products, the newest first, one more than the part holds where there are more. */
    Mono<List<Product>> list(Paging paging, Scope scope);

    /** A product, or empty where there is none of this id in the scope. */
    Mono<Product> find(ProductId id, Scope scope);

    /** Adds a product of which there is none yet; empty where the same member of staff has used the key. */
    Mono<Product> add(ProductId id, Offer offer, Asked asked);

    /** What a member of staff added under a key, or empty where nothing was. */
    Mono<Added> added(Asked asked);

    /** Replaces an offer if it is still of the given version. */
    Mono<Replacement> replace(ProductId id, Offer offer, long version);

    /** Which products. */
    enum Scope {
        /** What users see. */
        PUBLISHED,
        /** What staff sees. */
        ALL
    }

    /**
     * What was added under a key.
     *
     * @param product as it is now
     * @param digest of the body that asked for it
     */
    record Added(Product product, String digest) {}

    /**
     * What came of a replacement.
     *
     * @param found whether there is such a product
     * @param product as it is now, or null where nothing was changed
     */
    record Replacement(boolean found, @Nullable Product product) {}
}
