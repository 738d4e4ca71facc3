package io.miniplane.server.platform.events;

import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Does something about events. Each handler has a queue of its own, which all replicas that work share: an event is handed to one of them, again
 * after a failure (1 s to 10 min later), and put aside as a dead letter when it failed too often. Handlers of one aggregate's events are never run
 * at the same time or out of order, unless an earlier one of them is dead.
 */
public interface EventHandler {

    /** The name of its queue, lower-case letters, digits, dots and hyphens. It is stored: renaming it leaves events behind under the old name. */
    String queue();

    /** The types of the events that it wants. Of a type that others want already, it gets what is written after its first start. */
    Set<String> types();

    /** Where it acts, and so what a repetition can do. */
    default Effect effect() {
        return Effect.DATABASE;
    }

    /** Handles one event; an error means that it shall be tried again. */
    Mono<Void> handle(DomainEvent event);

    /** Where a handler acts. */
    enum Effect {
        /**
         * Only in our database, through the application's {@code DatabaseClient}: it runs in one transaction with the note that the event is
         * handled, so its effect is there exactly once.
         */
        DATABASE,
        /**
         * Elsewhere, or for long: it runs outside any transaction and the note is made afterwards, so when the process dies in between the effect
         * happens again. It must be able to stand that.
         */
        ELSEWHERE
    }
}
