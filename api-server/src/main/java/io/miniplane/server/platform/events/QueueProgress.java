package io.miniplane.server.platform.events;

import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * How far a queue is settled, and what a broker has lost. A mark moves over the outbox past every event that the queue has handled or keeps in the
 * database, so that each is looked at about once. What was handed to the broker long ago and is not settled, although the broker has nothing left of
 * the queue or later events were handled long ago as well, is put among the queue's messages in the database.
 */
final class QueueProgress {

    /** Events by one statement: some milliseconds of the database's time. */
    private static final int MOST = 5000;

    private static final String SETTLE = """
            WITH mark AS MATERIALIZED (
                SELECT settled_to FROM queue_progress WHERE queue = :queue FOR NO KEY UPDATE SKIP LOCKED
            ),
            span AS MATERIALIZED (
                SELECT position, aggregatetype, aggregateid, relayed_at, is_parked, handled_at,
                    EXISTS (
                        SELECT FROM event_subscriptions wanted
                        WHERE wanted.queue = :queue AND wanted.type = outbox.type AND wanted.since < outbox.relayed_at)
                    AND handled_at IS NULL
                    AND NOT EXISTS (
                        SELECT FROM queue_messages kept WHERE kept.position = outbox.position AND kept.queue = :queue
                    ) AS is_open
                FROM outbox LEFT JOIN inbox ON event_id = outbox.id AND inbox.queue = :queue
                WHERE position > (SELECT settled_to FROM mark)
                ORDER BY position LIMIT :most
            ),
            passed AS (
                SELECT max(position) AS position FROM span
                WHERE handled_at < clock_timestamp() - make_interval(secs => :patience)
            ),
            lost AS (
                INSERT INTO queue_messages (position, queue, lane)
                SELECT position, :queue,
            """ + AggregateOrder.lane("span") + """
                FROM span
                WHERE is_open AND relayed_at < clock_timestamp() - make_interval(secs => :patience)
                    AND (:empty OR position < (SELECT position FROM passed))
                ON CONFLICT DO NOTHING
                RETURNING position
            ),
            halt AS (
                SELECT min(position) AS position FROM span
                WHERE is_open OR (relayed_at IS NULL AND NOT is_parked)
                    OR relayed_at > clock_timestamp() - make_interval(secs => :trail)
            ),
            goal AS (SELECT coalesce((SELECT position - 1 FROM halt), (SELECT max(position) FROM span)) AS position),
            moved AS (
                UPDATE queue_progress SET settled_to = goal.position FROM goal
                WHERE queue = :queue AND goal.position > settled_to
            )
            SELECT (SELECT count(*) FROM lost) AS lost,
                (SELECT count(*) FROM span) = :most AND (SELECT position IS NULL FROM halt) AS more,
                coalesce((
                    SELECT extract(epoch FROM clock_timestamp() - min(relayed_at)) FROM span WHERE is_open
                ), 0)::float8 AS age
            """;

    private final DatabaseClient database;
    private final double patience;
    private final double trail;

    /**
     * @param patience how long a broker may have had an event, and a later one may have been handled, before it counts as lost
     * @param trail how far the mark stays behind, for events of transactions that end late
     */
    QueueProgress(DatabaseClient database, Duration patience, Duration trail) {
        this.database = database;
        this.patience = QueueStore.seconds(patience);
        this.trail = QueueStore.seconds(trail);
    }

    /**
     * Moves the mark of a queue on.
     *
     * @param isEmpty whether the broker has nothing of the queue left
     */
    Mono<Step> settle(String queue, boolean isEmpty) {
        return database.sql(SETTLE)
                .bind("queue", queue)
                .bind("most", MOST)
                .bind("empty", isEmpty)
                .bind("patience", patience)
                .bind("trail", trail)
                .map(row -> new Step(
                        QueueStore.required(row, "lost", Long.class),
                        QueueStore.required(row, "more", Boolean.class),
                        QueueStore.required(row, "age", Double.class)))
                .one();
    }

    /**
     * One step.
     *
     * @param lost how many events the broker had lost
     * @param more whether there is more to look at now
     * @param ageSeconds how long the oldest event that is not settled has been at the broker, 0 where there is none
     */
    record Step(long lost, boolean more, double ageSeconds) {}
}
