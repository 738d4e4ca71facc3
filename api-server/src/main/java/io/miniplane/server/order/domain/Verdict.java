package io.miniplane.server.order.domain;

/**
 * What an order makes of an act, and what it tells whoever asked for it.
 *
 * @param decision what becomes of the order
 * @param answer what it tells
 * @param <T> the kind of answer
 */
public record Verdict<T>(Decision decision, T answer) {}
