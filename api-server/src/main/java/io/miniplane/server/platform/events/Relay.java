package io.miniplane.server.platform.events;

import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * Moves events from the outbox to the queues that want them, in the order they were written in. One relay of all replicas does it at a time; the
 * lock is held for one statement only, so that nobody is waited for.
 */
final class Relay {

    private static final int BATCH = 500;

    /** Any number that nothing else locks: "miniplan" in ASCII. */
    static final long LOCK = 0x6d696e69706c616eL;

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
                    hashtextextended(batch.aggregatetype || '/' || batch.aggregateid, 0)
                FROM batch JOIN event_subscriptions wanted USING (type)
                ON CONFLICT DO NOTHING
                RETURNING queue
            ),
            moved AS (
                UPDATE outbox SET
                    relayed_at = CASE WHEN wanted THEN now() END,
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

    Relay(DatabaseClient database) {
        this.database = database;
    }

    /** Moves one batch; true when there may be more. */
    Mono<Boolean> move() {
        return database.sql(MOVE)
                .bind("lock", LOCK)
                .bind("most", BATCH)
                .bind("channel", Wakes.CHANNEL)
                .map(row -> row.get("size", Long.class) == BATCH)
                .one();
    }
}
