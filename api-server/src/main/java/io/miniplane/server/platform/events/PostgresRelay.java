package io.miniplane.server.platform.events;

import java.time.Instant;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Moves events to the queues in PostgreSQL; the lock is held for one statement only. */
final class PostgresRelay implements Relay {

    private static final String MOVE = """
            WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(:lock) AS mine),
            batch AS MATERIALIZED (
                SELECT position, id, type, aggregatetype, aggregateid, traceparent FROM outbox
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
            SELECT (SELECT count(*) FROM batch) AS size, told.count AS told,
                ARRAY(SELECT type || ' ' || id || ' ' || traceparent FROM batch WHERE traceparent LIKE '00-%-01') AS recorded
            FROM told
            """;

    private final DatabaseClient database;
    private final SendSpans spans;

    PostgresRelay(DatabaseClient database, SendSpans spans) {
        this.database = database;
        this.spans = spans;
    }

    @Override
    public Mono<Boolean> move() {
        return Mono.defer(() -> moved(Instant.now()));
    }

    private Mono<Boolean> moved(Instant since) {
        return database.sql(MOVE)
                .bind("lock", LOCK)
                .bind("most", BATCH)
                .bind("channel", Wakes.CHANNEL)
                .map(row -> {
                    tell(QueueStore.required(row, "recorded", String[].class), since);
                    return row.get("size", Long.class) == BATCH;
                })
                .one();
    }

    private void tell(String[] recorded, Instant since) {
        for (String event : recorded) {
            String[] parts = event.split(" ", 3);
            spans.moved(new SendSpans.Moved(parts[0], parts[1], parts[2]), since);
        }
    }
}
