package io.miniplane.server.inventory.domain;

import io.miniplane.server.inventory.ProductId;
import java.time.Instant;

/**
 * Something that is sold.
 *
 * @param id names it
 * @param offer what staff says of it
 * @param stock how much of it there is
 * @param version counts the changes of the offer, from 1
 * @param createdAt when it was added
 */
public record Product(ProductId id, Offer offer, Stock stock, long version, Instant createdAt) {}
