package io.miniplane.server.order.domain;

import io.miniplane.server.platform.Fen;
import java.time.Instant;

/**
 * The payment of an order.
 *
 * @param transactionId WeChat Pay's number of it
 * @param amount what was paid
 * @param at when
 */
public record Payment(String transactionId, Fen amount, Instant at) {}
