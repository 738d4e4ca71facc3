package io.miniplane.server.order.domain;

import io.miniplane.server.order.ShippedBy;
import java.time.Instant;

/**
 * The goods were sent off.
 *
 * @param by how they travel
 * @param at when
 */
public record Dispatch(ShippedBy by, Instant at) {}
