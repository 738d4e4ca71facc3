package io.miniplane.server.platform.events;

import reactor.core.publisher.Mono;

/**
 * Moves events from the outbox to the queues that want them, in the order they were written in. One relay of all replicas does it at a time, by a
 * lock of the database that ends with its transaction, so that nobody waits for one that is gone.
 */
@FunctionalInterface
interface Relay {

    /** Any number that nothing else locks: "miniplan" in ASCII. */
    long LOCK = 0x6d696e69706c616eL;

    /** How many events it moves at once. */
    int BATCH = 500;

    /** Moves one batch; true when there may be more. */
    Mono<Boolean> move();
}
