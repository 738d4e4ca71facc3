package io.miniplane.server.inventory.application;

import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.inventory.application.Products.Scope;
import io.miniplane.server.inventory.application.StockChanges.Made;
import io.miniplane.server.platform.Paging;
import java.util.List;
import reactor.core.publisher.Mono;

/** Shows staff who changed the stock of a product, and why. */
public final class BrowseStockChanges {

    private final ReadProduct readProduct;
    private final StockChanges changes;

    /** Reads from the changes that are kept. */
    public BrowseStockChanges(ReadProduct readProduct, StockChanges changes) {
        this.readProduct = readProduct;
        this.changes = changes;
    }

    /** The changes, the newest first, one more than the part holds where there are more; 40450 where there is no such product. */
    public Mono<List<Made>> browse(ProductId product, Paging paging) {
        return readProduct.read(product, Scope.ALL).flatMap(known -> changes.list(product, paging));
    }
}
