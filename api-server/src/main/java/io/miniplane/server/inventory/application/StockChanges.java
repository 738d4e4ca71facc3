package io.miniplane.server.inventory.application;

import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.inventory.domain.StockChange;
import io.miniplane.server.platform.Paging;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What staff has put in and taken out. */
public interface StockChanges {

    /** Changes the stock of a product, if as many are available as are taken out and the key is new. */
    Mono<Attempt> make(UUID id, ProductId product, StockChange change, Asked asked);

    /** What a member of staff changed under a key, or empty where nothing was. */
    Mono<Made> made(Asked asked);

    /** The changes of a product, the newest first, one more than the part holds where there are more. */
    Mono<List<Made>> list(ProductId product, Paging paging);

    /**
     * A change that was made.
     *
     * @param id a UUID of version 7
     * @param product whose stock it changed
     * @param change what and why
     * @param available how many were available after it
     * @param by who of the staff, as the {@code sub} of their token
     * @param at when
     * @param digest of the body that asked for it, or null where it had no key
     */
    record Made(
            UUID id,
            ProductId product,
            StockChange change,
            long available,
            String by,
            Instant at,
            @Nullable String digest) {}

    /**
     * What came of a change.
     *
     * @param found whether there is such a product
     * @param made the change, or null where nothing was changed
     */
    record Attempt(boolean found, @Nullable Made made) {}
}
