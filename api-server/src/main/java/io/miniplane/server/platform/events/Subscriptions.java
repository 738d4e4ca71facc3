package io.miniplane.server.platform.events;

import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes known which queue wants which types, and lets parked events go that somebody wants now. */
final class Subscriptions {

    /** No relay moves anything meanwhile, so that none parks what is wanted from now on; a machine that vanishes lets go of them. */
    private static final String HOLD_RELAYS = """
            SELECT pg_advisory_xact_lock(:lock), set_config('idle_in_transaction_session_timeout', '5s', true)
            """;

    private static final String RENEW = """
            INSERT INTO event_subscriptions (type, queue) VALUES (:type, :queue)
            ON CONFLICT (type, queue) DO UPDATE SET seen_at = now()
            """;

    private static final String PROGRESS = """
            INSERT INTO queue_progress (queue, settled_to) VALUES (:queue, 0) ON CONFLICT DO NOTHING
            """;

    /** No queue is settled beyond an event that it gets only now. */
    private static final String UNPARK = """
            WITH freed AS (
                UPDATE outbox SET is_parked = false
                WHERE position IN (
                    SELECT position FROM outbox
                    WHERE is_parked AND type IN (SELECT type FROM event_subscriptions)
                    ORDER BY position LIMIT :most)
                RETURNING position, type
            ),
            first_freed AS (
                SELECT queue, min(position) AS position FROM freed JOIN event_subscriptions USING (type) GROUP BY queue
            ),
            back AS (
                UPDATE queue_progress progress SET settled_to = first_freed.position - 1
                FROM first_freed
                WHERE progress.queue = first_freed.queue AND progress.settled_to >= first_freed.position
            )
            SELECT count(*) AS freed FROM freed
            """;

    /** How many parked events are let go at once: few enough to be far from the longest time of a statement. */
    private static final long FREED_AT_ONCE = 2000;

    private final DatabaseClient database;
    private final TransactionalOperator transactions;
    private final List<EventHandler> handlers;

    Subscriptions(DatabaseClient database, TransactionalOperator transactions, List<EventHandler> handlers) {
        this.database = database;
        this.transactions = transactions;
        this.handlers = handlers;
    }

    /** Says again what this process wants, and lets some parked events go; true when there may be more of them. */
    Mono<Boolean> renew() {
        Mono<Long> all = Flux.fromIterable(handlers)
                .concatMap(handler -> Flux.fromIterable(handler.types())
                        .concatMap(type ->
                                rows(database.sql(RENEW).bind("type", type).bind("queue", handler.queue()))))
                .concatWith(Flux.fromIterable(handlers)
                        .concatMap(handler -> rows(database.sql(PROGRESS).bind("queue", handler.queue()))))
                .count();
        Mono<Boolean> made = database.sql(HOLD_RELAYS)
                .bind("lock", Relay.LOCK)
                .then()
                .then(all)
                .then(Mono.defer(this::unpark));
        return transactions.transactional(made);
    }

    private Mono<Boolean> unpark() {
        return database.sql(UNPARK)
                .bind("most", FREED_AT_ONCE)
                .map(row -> QueueStore.required(row, "freed", Long.class) == FREED_AT_ONCE)
                .one();
    }

    private static Mono<Long> rows(DatabaseClient.GenericExecuteSpec statement) {
        return statement.fetch().rowsUpdated();
    }
}
