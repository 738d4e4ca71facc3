package io.miniplane.server.platform.events;

import io.miniplane.server.platform.audit.AuditRow;
import io.miniplane.server.platform.audit.StaffAccess;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/**
 * The dead letters of all queues, which are kept in the database whatever broker carries the events. Each method is one statement, and each change
 * leaves its row in the audit log. A letter that is replayed has its old place in the order of its aggregate: later events that are not handled yet
 * wait for it, those that were handled, or are in hand, while it was dead stay as they are.
 */
final class DeadLetters {

    private static final String LETTER = """
            message.position, message.queue, message.attempts, message.last_error, message.queued_at, message.dead_at,
            outbox.id, outbox.type, outbox.schemaversion, outbox.aggregatetype, outbox.aggregateid, outbox.subject,
            outbox.time, outbox.traceparent, outbox.sealed_data IS NOT NULL AS personal
            """;

    private static final String TARGET = """
            WITH target AS MATERIALIZED (
                SELECT message.position, message.queue, message.dead_at IS NOT NULL AS dead
                FROM queue_messages message JOIN outbox USING (position)
                WHERE outbox.id = :event AND message.queue = :queue
                FOR NO KEY UPDATE OF message
            ),
            """;

    private static final String BACK = """
            UPDATE queue_messages message SET
                dead_at = NULL, attempts = 0, last_error = NULL, queued_at = now(), due_at = now()
            FROM target WHERE message.position = target.position AND message.queue = target.queue
            """;

    private static final String AUDITED =
            "audited AS (" + AuditRow.insert("ARRAY[]::uuid[]") + ") SELECT (SELECT count(*) FROM target) AS found, ";

    private static final String FIND = "SELECT " + LETTER + """
            , outbox.data
            FROM queue_messages message JOIN outbox USING (position)
            WHERE outbox.id = :event AND message.queue = :queue AND message.dead_at IS NOT NULL
            """;

    private static final String REPLAY = TARGET + "replayed AS (" + BACK + """
                AND target.dead RETURNING message.queue
            ),
            told AS (SELECT count(pg_notify(:channel, queue)) AS queues FROM replayed),
            """ + AUDITED
            + "(SELECT count(*) FROM replayed) AS changed FROM told, audited";

    /** The note in the inbox keeps a broker that still has the event from bringing it back. */
    private static final String DISCARD =
            TARGET + """
            gone AS (
                DELETE FROM queue_messages message USING target
                WHERE message.position = target.position AND message.queue = target.queue AND target.dead
                RETURNING message.queue
            ),
            settled AS (INSERT INTO inbox (event_id, queue) SELECT :event, queue FROM gone ON CONFLICT DO NOTHING),
            """ + AUDITED + "(SELECT count(*) FROM gone) AS changed FROM audited";

    private static final String REPLAY_ALL = """
            WITH bound AS MATERIALIZED (SELECT coalesce(CAST(:until AS timestamptz), now()) AS until),
            target AS MATERIALIZED (
                SELECT position, queue FROM queue_messages
                WHERE queue = :queue AND dead_at <= (SELECT until FROM bound)
                ORDER BY position LIMIT :most
                FOR NO KEY UPDATE SKIP LOCKED
            ),
            replayed AS (""" + BACK + """
                RETURNING message.queue
            ),
            told AS (
                SELECT count(pg_notify(:channel, queue)) AS queues FROM (SELECT DISTINCT queue FROM replayed) touched
            ),
            """ + AUDITED + """
            (SELECT count(*) FROM replayed) AS replayed,
                (SELECT count(*) FROM queue_messages WHERE queue = :queue AND dead_at <= bound.until) AS dead,
                bound.until AS until,
                EXISTS (SELECT FROM event_subscriptions WHERE queue = :queue)
                    OR EXISTS (SELECT FROM queue_messages WHERE queue = :queue) AS known
            FROM bound, told, audited
            """;

    private static final int TRACE_FROM = 3;
    private static final int TRACE_TO = 35;

    private final DatabaseClient database;

    DeadLetters(DatabaseClient database) {
        this.database = database;
    }

    /** Letters of one queue or of all, without their data, from those that were written last on. */
    Mono<List<DeadLetter.Placed>> list(@Nullable String queue, @Nullable DeadLetterCursor after, int rows) {
        String statement = "SELECT " + LETTER
                + "FROM queue_messages message JOIN outbox USING (position) WHERE message.dead_at IS NOT NULL"
                + (queue == null ? "" : " AND message.queue = :queue")
                + (after == null ? "" : " AND (message.position, message.queue) < (:position, :after)")
                + " ORDER BY message.position DESC, message.queue DESC LIMIT :rows";
        GenericExecuteSpec query = database.sql(statement).bind("rows", rows);
        query = queue == null ? query : query.bind("queue", queue);
        query = after == null ? query : query.bind("position", after.position()).bind("after", after.queue());
        return query.map(row -> new DeadLetter.Placed(required(row, "position", Long.class), letter(row, null)))
                .all()
                .collectList();
    }

    /** A letter with its data, or empty where there is none. */
    Mono<DeadLetter> find(DeadLetter.Id id) {
        return named(FIND, id).map(row -> letter(row, text(row))).one();
    }

    /** Puts a letter back into its queue: its attempts start anew, now. */
    Mono<DeadLetter.Change> replay(DeadLetter.Id id, StaffAccess access) {
        return changed(named(REPLAY, id).bind("channel", Wakes.CHANNEL), access.on(id.toString()));
    }

    /** Throws a letter away: its queue never handles it. */
    Mono<DeadLetter.Change> discard(DeadLetter.Id id, StaffAccess access) {
        return changed(named(DISCARD, id), access.on(id.toString()));
    }

    /**
     * Puts letters of a queue back, those written first before the others; empty where there is no such queue.
     *
     * @param until those that died later are left alone; null: now
     * @param most how many at once
     */
    Mono<DeadLetter.Replay> replayAll(String queue, @Nullable Instant until, int most, StaffAccess access) {
        GenericExecuteSpec statement = database.sql(REPLAY_ALL)
                .bind("queue", queue)
                .bind("until", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, until))
                .bind("most", most)
                .bind("channel", Wakes.CHANNEL);
        return AuditRow.bind(statement, access.on(queue))
                .map(row -> new Outcome(required(row, "known", Boolean.class), replay(queue, row)))
                .one()
                .filter(Outcome::known)
                .map(Outcome::replay);
    }

    private GenericExecuteSpec named(String statement, DeadLetter.Id id) {
        return database.sql(statement).bind("event", id.event()).bind("queue", id.queue());
    }

    private static Mono<DeadLetter.Change> changed(GenericExecuteSpec statement, StaffAccess access) {
        return AuditRow.bind(statement, access)
                .map(row -> new DeadLetter.Change(
                        required(row, "found", Long.class) > 0, required(row, "changed", Long.class) > 0))
                .one();
    }

    private static DeadLetter.Replay replay(String queue, Readable row) {
        long replayed = required(row, "replayed", Long.class);
        return new DeadLetter.Replay(
                queue, replayed, required(row, "dead", Long.class) - replayed, required(row, "until", Instant.class));
    }

    private static DeadLetter letter(Readable row, @Nullable String data) {
        return new DeadLetter(
                required(row, "queue", String.class),
                required(row, "id", UUID.class),
                required(row, "type", String.class),
                required(row, "schemaversion", Integer.class),
                required(row, "aggregatetype", String.class),
                required(row, "aggregateid", String.class),
                row.get("subject", String.class),
                required(row, "time", Instant.class),
                required(row, "attempts", Integer.class),
                row.get("last_error", String.class),
                required(row, "queued_at", Instant.class),
                required(row, "dead_at", Instant.class),
                traceId(row.get("traceparent", String.class)),
                required(row, "personal", Boolean.class),
                data);
    }

    private static @Nullable String traceId(@Nullable String traceparent) {
        return traceparent == null || traceparent.length() < TRACE_TO
                ? null
                : traceparent.substring(TRACE_FROM, TRACE_TO);
    }

    private static @Nullable String text(Readable row) {
        ByteBuffer plain = row.get("data", ByteBuffer.class);
        return plain == null ? null : StandardCharsets.UTF_8.decode(plain).toString();
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }

    private record Outcome(boolean known, DeadLetter.Replay replay) {}
}
