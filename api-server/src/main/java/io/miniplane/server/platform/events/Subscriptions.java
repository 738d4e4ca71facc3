package io.miniplane.server.platform.events;

import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes known which queue wants which types, and lets parked events go that somebody wants now. */
final class Subscriptions {

    /** No relay moves anything meanwhile, so that none parks what is wanted from now on. */
    private static final String HOLD_RELAYS = "SELECT pg_advisory_xact_lock(:lock)";

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
                WHERE is_parked AND type IN (SELECT type FROM event_subscriptions)
                RETURNING position
            ),
            first_freed AS (SELECT min(position) AS position FROM freed)
            UPDATE queue_progress SET settled_to = least(settled_to, position - 1)
            FROM first_freed WHERE settled_to >= position
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transactions;
    private final List<EventHandler> handlers;

    Subscriptions(DatabaseClient database, TransactionalOperator transactions, List<EventHandler> handlers) {
        this.database = database;
        this.transactions = transactions;
        this.handlers = handlers;
    }

    Mono<Void> renew() {
        Mono<Long> all = Flux.fromIterable(handlers)
                .concatMap(handler -> Flux.fromIterable(handler.types())
                        .concatMap(type ->
                                rows(database.sql(RENEW).bind("type", type).bind("queue", handler.queue()))))
                .concatWith(Flux.fromIterable(handlers)
                        .concatMap(handler -> rows(database.sql(PROGRESS).bind("queue", handler.queue()))))
                .count();
        Mono<Void> made = database.sql(HOLD_RELAYS)
                .bind("lock", Relay.LOCK)
                .then()
                .then(all)
                .then(rows(database.sql(UNPARK)))
                .then();
        return transactions.transactional(made);
    }

    private static Mono<Long> rows(DatabaseClient.GenericExecuteSpec statement) {
        return statement.fetch().rowsUpdated();
    }
}
