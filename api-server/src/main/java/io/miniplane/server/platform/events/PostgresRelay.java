package io.miniplane.server.platform.events;

import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Moves events to the queues in PostgreSQL; the lock is held for one statement only. */
final class PostgresRelay implements Relay {

    private static final String MOVE = """
            WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(:lock) AS mine),
            batch AS MATERIALIZED (
                SELECT position, type, aggregatetype, aggregateid FROM outbox
                WHERE relayed_at IS NULL AND NOT is_parked AND (SELECT mine FROM turn)
                ORDER BY position LIMIT :most
                FOR NO KEY UPDATE SKIP LOCKED
            ),
            routed AS (
                INSERT INTO queue_messages (position, queue, lane)
                SELECT batch.position, wanted.queue,
            """ + AggregateOrder.lane("batch") + """
                FROM batch JOIN event_subscriptions wanted USING (type)
                ON CONFLICT DO NOTHING
                RETURNING queue
            ),
            moved AS (
                UPDATE outbox SET
                    relayed_at = CASE WHEN wanted THEN clock_timestamp() END,
                    is_parked = NOT wanted
                FROM (
                    SELECT position, EXISTS (SELECT FROM event_subscriptions WHERE type = batch.type) AS wanted FROM batch
                ) judged
                WHERE outbox.position = judged.position
            ),
            told AS (SELECT count(pg_notify(:channel, queue)) FROM (SELECT DISTINCT queue FROM routed) queues)
            SELECT (SELECT count(*) FROM batch) AS size, told.count AS told FROM told
            """;

    private final DatabaseClient database;

    PostgresRelay(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Boolean> move() {
        return database.sql(MOVE)
                .bind("lock", LOCK)
                .bind("most", BATCH)
                .bind("channel", Wakes.CHANNEL)
                .map(row -> row.get("size", Long.class) == BATCH)
                .one();
    }
}
