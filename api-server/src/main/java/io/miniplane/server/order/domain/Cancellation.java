package io.miniplane.server.order.domain;

import io.miniplane.server.order.CancelReason;
import io.miniplane.server.platform.Fen;
import java.time.Instant;

/**
 * The end of an order of which nothing was shipped.
 *
 * @param reason why
 * @param refundDue what had been paid by then and not been paid back
 * @param at when
 */
public record Cancellation(CancelReason reason, Fen refundDue, Instant at) {}
