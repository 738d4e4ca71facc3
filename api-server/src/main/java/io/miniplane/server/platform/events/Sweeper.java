package io.miniplane.server.platform.events;

import reactor.core.publisher.Mono;

/** Deletes rows that have been kept long enough; a module contributes it as a bean, and one worker after another runs it every minute. */
@FunctionalInterface
public interface Sweeper {

    /** Deletes at most so many rows in one statement and tells how many it were. */
    Mono<Long> sweep(int most);
}
