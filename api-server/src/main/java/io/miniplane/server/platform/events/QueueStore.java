package io.miniplane.server.platform.events;

import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The queues in PostgreSQL as one worker sees them; each method is one statement. */
final class QueueStore {

    private static final String CLAIM = """
            WITH due AS MATERIALIZED (
                SELECT position, queue FROM queue_messages waiting
                WHERE queue = :queue AND claimed_by IS NULL AND dead_at IS NULL AND due_at <= now()
                    AND NOT EXISTS (
                        SELECT FROM queue_messages earlier
                        WHERE earlier.queue = waiting.queue AND earlier.lane = waiting.lane
                            AND earlier.position < waiting.position AND earlier.dead_at IS NULL)
                    AND EXISTS (
                        SELECT FROM outbox this
                        WHERE this.position = waiting.position AND this.type = ANY (:types) AND NOT
            """ + AggregateOrder.WAITS + """
                    )
                ORDER BY due_at, position LIMIT :most
                FOR NO KEY UPDATE SKIP LOCKED
            ),
            claimed AS (
                UPDATE queue_messages message SET claimed_by = :worker, attempts = attempts + 1
                FROM due WHERE message.position = due.position AND message.queue = due.queue
                RETURNING message.position, message.queue, message.attempts
            )
            SELECT claimed.queue, claimed.attempts, outbox.position, outbox.id, outbox.type, outbox.schemaversion,
                outbox.aggregatetype, outbox.aggregateid, outbox.subject, outbox.time, outbox.traceparent,
                outbox.data, outbox.sealed_data,
                EXISTS (SELECT FROM inbox WHERE event_id = outbox.id AND inbox.queue = claimed.queue) AS noted
            FROM claimed JOIN outbox USING (position)
            ORDER BY outbox.position
            """;

    private static final String RELEASE = """
            UPDATE queue_messages SET claimed_by = NULL, attempts = attempts - 1
            WHERE claimed_by = :worker AND queue = :queue AND position <> ALL (:held)
            """;

    private static final String NOTE = """
            WITH noted AS (
                INSERT INTO inbox (event_id, queue) VALUES (:id, :queue) ON CONFLICT DO NOTHING RETURNING event_id
            ),
            gone AS (DELETE FROM queue_messages WHERE position = :position AND queue = :queue)
            SELECT EXISTS (SELECT FROM noted) AS fresh
            """;

    private static final String FAIL = """
            UPDATE queue_messages SET
                claimed_by = NULL,
                last_error = :error,
                due_at = now() + make_interval(secs => :wait),
                dead_at = CASE WHEN attempts >= :attempts THEN now() END
            WHERE position = :position AND queue = :queue AND claimed_by = :worker
            RETURNING dead_at IS NOT NULL AS dead
            """;

    private static final String BEAT = """
            WITH alive AS (
                INSERT INTO event_workers (id, alive_until) VALUES (:worker, now() + make_interval(secs => :lease))
                ON CONFLICT (id) DO UPDATE SET alive_until = excluded.alive_until
            ),
            lost AS (DELETE FROM event_workers WHERE id <> :worker AND alive_until < now()),
            orphaned AS MATERIALIZED (
                SELECT position, queue FROM queue_messages
                WHERE claimed_by IS NOT NULL AND claimed_by <> :worker AND NOT EXISTS (
                    SELECT FROM event_workers WHERE id = claimed_by AND alive_until >= now())
                LIMIT 1000
                FOR NO KEY UPDATE SKIP LOCKED
            ),
            freed AS (
                UPDATE queue_messages message SET claimed_by = NULL FROM orphaned
                WHERE message.position = orphaned.position AND message.queue = orphaned.queue
                RETURNING message.queue
            )
            SELECT count(*) AS freed FROM freed
            """;

    private static final String LEAVE = """
            WITH left_now AS (DELETE FROM event_workers WHERE id = :worker),
            freed AS (
                UPDATE queue_messages SET claimed_by = NULL, attempts = attempts - 1 WHERE claimed_by = :worker
                RETURNING queue
            )
            SELECT count(pg_notify(:channel, queue)) FROM (SELECT DISTINCT queue FROM freed) queues
            """;

    private final DatabaseClient database;
    private final UUID worker;
    private final double leaseSeconds;

    QueueStore(DatabaseClient database, UUID worker, Duration lease) {
        this.database = database;
        this.worker = worker;
        this.leaseSeconds = seconds(lease);
    }

    /**
     * Takes events that are due, none whose aggregate has an earlier one left, and leaves those that others take.
     *
     * @param types those that this version of the handler knows: the rest of the queue is for another version, beside which this one runs in an update
     */
    Flux<ClaimedEvent> claim(String queue, Set<String> types, int most) {
        return database.sql(CLAIM)
                .bind("queue", queue)
                .bind("types", types.toArray(String[]::new))
                .bind("most", most)
                .bind("worker", worker)
                .map(QueueStore::claimed)
                .all();
    }

    /** Gives back what this worker has by the database and not in its hands: what it claimed when the answer was lost. */
    Mono<Long> release(String queue, Collection<Long> held) {
        return database.sql(RELEASE)
                .bind("worker", worker)
                .bind("queue", queue)
                .bind("held", held.toArray(Long[]::new))
                .fetch()
                .rowsUpdated();
    }

    /** Notes that an event is handled and takes it off its queue; false where that was noted before. */
    Mono<Boolean> note(ClaimedEvent claimed) {
        return database.sql(NOTE)
                .bind("id", claimed.id())
                .bind("queue", claimed.queue())
                .bind("position", claimed.position())
                .map(row -> Boolean.TRUE.equals(row.get("fresh", Boolean.class)))
                .one();
    }

    /** Puts an event back, to be tried again after the wait or, when that was the last attempt, never; tells whether it is dead. */
    Mono<Boolean> fail(ClaimedEvent claimed, String error, Duration wait, int attempts) {
        return database.sql(FAIL)
                .bind("position", claimed.position())
                .bind("queue", claimed.queue())
                .bind("worker", worker)
                .bind("error", error)
                .bind("wait", seconds(wait))
                .bind("attempts", attempts)
                .map(row -> Boolean.TRUE.equals(row.get("dead", Boolean.class)))
                .one()
                .defaultIfEmpty(false);
    }

    /** Says that this worker lives and frees what workers had that do not; tells how many events that were. */
    Mono<Long> beat() {
        return database.sql(BEAT)
                .bind("worker", worker)
                .bind("lease", leaseSeconds)
                .map(row -> Objects.requireNonNull(row.get("freed", Long.class)))
                .one();
    }

    /** Gives back what this worker took and did not begin. */
    Mono<Void> leave() {
        return database.sql(LEAVE)
                .bind("worker", worker)
                .bind("channel", Wakes.CHANNEL)
                .then();
    }

    /** A claimed event of a row with its queue, its attempts and the columns of the outbox. */
    static ClaimedEvent claimed(Readable row) {
        return new ClaimedEvent(
                required(row, "queue", String.class),
                required(row, "position", Long.class),
                required(row, "attempts", Integer.class),
                required(row, "noted", Boolean.class),
                event(row),
                row.get("data", ByteBuffer.class),
                row.get("sealed_data", ByteBuffer.class));
    }

    /** The event of a row of the outbox, without its data. */
    static DomainEvent event(Readable row) {
        return new DomainEvent(
                required(row, "id", UUID.class),
                required(row, "type", String.class),
                required(row, "schemaversion", Integer.class),
                new DomainEvent.Aggregate(
                        required(row, "aggregatetype", String.class), required(row, "aggregateid", String.class)),
                row.get("subject", String.class),
                "",
                row.get("sealed_data", ByteBuffer.class) != null,
                row.get("traceparent", String.class),
                required(row, "time", Instant.class));
    }

    static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
