package io.miniplane.server.inventory.web;

import io.miniplane.server.inventory.application.StockChanges.Made;
import java.time.Instant;
import java.util.UUID;

/** A change of the stock; {@code at} is UTC in ISO 8601. */
record StockChangeBody(UUID id, UUID productId, int delta, String reason, long available, String by, Instant at) {

    static StockChangeBody of(Made made) {
        return new StockChangeBody(
                made.id(),
                made.product().value(),
                made.change().delta(),
                made.change().reason(),
                made.available(),
                made.by(),
                made.at());
    }
}
