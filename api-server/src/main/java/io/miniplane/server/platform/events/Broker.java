package io.miniplane.server.platform.events;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A carrier of events outside the database. It may deliver an event again, late or out of order: the inbox and {@link AggregateOrder} make up for
 * that. It may even lose events: the outbox keeps them until every queue has handled them.
 */
interface Broker {

    /** Begins to connect, and to connect again whenever the connection is lost. Neither blocks nor fails when the broker is away. */
    void start();

    /** Lets go of what is not acknowledged and disconnects; it waits a few seconds at most. */
    Mono<Void> stop();

    /**
     * Hands events over in the given order and completes when the broker holds all of them safely for every queue that wants them. After an error,
     * or when that takes longer than a few seconds, some may be there: they are handed over again.
     */
    Mono<Void> publish(List<OutgoingEvent> events);

    /**
     * Delivers the events of a queue, without end and over all reconnections; makes the queue where it is not there. What cannot be read is put aside
     * at the broker and counted. Whoever cancels is given nothing new and can still acknowledge.
     *
     * @param queue which queue, shared with all replicas
     * @param types the types that it wants
     * @param prefetch how many events may be unacknowledged at a time
     */
    Flux<Delivery> consume(String queue, Set<String> types, int prefetch);

    /** How spans name it, by the semantic conventions. */
    String system();

    /** How spans name the place where it takes events of a type. */
    String destination(String type);

    /** How many messages of each queue wait for a consumer; an error while the broker is away. A queue that is not there has none. */
    Mono<Map<String, Long>> ready(Collection<String> queues);
}
