package io.miniplane.server.platform.events;

import java.time.Duration;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** What becomes of an event that a broker delivered to a queue; each method is one statement. */
final class DeliveryStore {

    private static final String ADMIT =
            """
            WITH arrived AS MATERIALIZED (
                SELECT this.*,
                    EXISTS (SELECT FROM inbox WHERE event_id = this.id AND inbox.queue = :queue)
                        OR EXISTS (
                            SELECT FROM queue_messages kept WHERE kept.position = this.position AND kept.queue = :queue
                        ) AS is_known,
                    EXISTS (
                        SELECT FROM queue_messages kept
                        WHERE kept.queue = :queue AND kept.dead_at IS NULL AND kept.position < this.position
                            AND kept.lane =
            """ + AggregateOrder.lane("this") + """
                    ) OR
            """ + AggregateOrder.WAITS + """
                    AS waits
                FROM outbox this WHERE position = :position AND id = :id
            ),
            noted AS (
                INSERT INTO inbox (event_id, queue)
                SELECT id, :queue FROM arrived WHERE :note AND NOT is_known AND NOT waits
                ON CONFLICT DO NOTHING RETURNING event_id
            ),
            aside AS (
                INSERT INTO queue_messages (position, queue, lane)
                SELECT position, :queue,
            """ + AggregateOrder.lane("arrived") + """
                FROM arrived WHERE waits AND NOT is_known
                ON CONFLICT DO NOTHING
            )
            SELECT arrived.*, :queue AS queue, 1 AS attempts, false AS noted,
                CASE
                    WHEN is_known THEN 'KNOWN'
                    WHEN waits THEN 'WAITS'
                    WHEN :note AND NOT EXISTS (SELECT FROM noted) THEN 'KNOWN'
                    ELSE 'FREE'
                END AS turn
            FROM arrived
            """;

    private static final String PUT_ASIDE = """
            INSERT INTO queue_messages (position, queue, lane, attempts, last_error, due_at, dead_at)
            SELECT position, :queue,
            """ + AggregateOrder.lane("outbox") + """
                , 1, :error, now() + make_interval(secs => :wait), CASE WHEN 1 >= :attempts THEN now() END
            FROM outbox WHERE position = :position AND id = :id
            ON CONFLICT DO NOTHING
            RETURNING dead_at IS NOT NULL AS dead
            """;

    private static final String LEAVE = """
            INSERT INTO queue_messages (position, queue, lane)
            SELECT position, :queue,
            """ + AggregateOrder.lane("this") + """
            FROM outbox this
            WHERE position = :position AND id = :id
                AND EXISTS (SELECT FROM event_subscriptions wanted WHERE wanted.queue = :queue AND wanted.type = this.type)
                AND NOT EXISTS (SELECT FROM inbox WHERE event_id = this.id AND inbox.queue = :queue)
            ON CONFLICT DO NOTHING
            """;

    private final DatabaseClient database;

    DeliveryStore(DatabaseClient database) {
        this.database = database;
    }

    /**
     * Lets an event in when it is its turn, and notes that it is handled where that is asked for; puts it aside when it must wait. Empty when the
     * queue has had it before.
     */
    Mono<Admission> admit(String queue, Delivery delivery, boolean note) {
        return database.sql(ADMIT)
                .bind("queue", queue)
                .bind("position", delivery.position())
                .bind("id", delivery.event().id())
                .bind("note", note)
                .map(row -> new Admission(
                        Turn.valueOf(QueueStore.required(row, "turn", String.class)), QueueStore.claimed(row)))
                .one()
                .filter(admission -> admission.turn() != Turn.KNOWN);
    }

    /** Keeps an event of a type that another version of the handler knows; false where none does or the queue has had it before. */
    Mono<Boolean> leave(String queue, Delivery delivery) {
        return database.sql(LEAVE)
                .bind("queue", queue)
                .bind("position", delivery.position())
                .bind("id", delivery.event().id())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    /** Keeps an event that failed, to be tried again after the wait or, when one attempt was all, never; tells whether it is dead. */
    Mono<Boolean> putAside(String queue, Delivery delivery, String error, Duration wait, int attempts) {
        return database.sql(PUT_ASIDE)
                .bind("queue", queue)
                .bind("position", delivery.position())
                .bind("id", delivery.event().id())
                .bind("error", error)
                .bind("wait", QueueStore.seconds(wait))
                .bind("attempts", attempts)
                .map(row -> Objects.requireNonNull(row.get("dead", Boolean.class)))
                .one()
                .defaultIfEmpty(false);
    }

    /** Whether an event may be handled. */
    enum Turn {
        /** Now. */
        FREE,
        /** Not before an earlier one of its aggregate: it is put aside until then. */
        WAITS,
        /** Not again. */
        KNOWN
    }

    /**
     * What became of a delivery.
     *
     * @param turn whether it may be handled
     * @param event as the outbox has it
     */
    record Admission(Turn turn, ClaimedEvent event) {}
}
