package io.miniplane.server.order;

import reactor.core.publisher.Mono;

/** What payment knows of money that is on its way back, of which an order hears only when it has arrived. */
public interface RefundsInProgress {

    /** Whether all that was paid for the order is paid back or on its way back; false of an order that was not paid. */
    Mono<Boolean> takeAll(OrderId order);
}
