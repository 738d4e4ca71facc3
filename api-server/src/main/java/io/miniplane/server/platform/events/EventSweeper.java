package io.miniplane.server.platform.events;

import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Deletes events that are handled, or that nobody wanted, and the memory of them. */
final class EventSweeper implements Sweeper {

    private static final Logger LOG = LogManager.getLogger(EventSweeper.class);

    private static final String DONE = """
            DELETE FROM outbox WHERE position IN (
                SELECT position FROM outbox
                WHERE relayed_at < now() - make_interval(secs => :keep)
                    AND NOT EXISTS (SELECT FROM queue_messages WHERE queue_messages.position = outbox.position)
                    AND NOT EXISTS (
                        SELECT FROM event_subscriptions wanted LEFT JOIN queue_progress USING (queue)
                        WHERE wanted.type = outbox.type AND outbox.position > coalesce(settled_to, 0))
                LIMIT :most FOR UPDATE SKIP LOCKED)
            """;

    private static final String UNWANTED = """
            DELETE FROM outbox WHERE position IN (
                SELECT position FROM outbox
                WHERE is_parked AND written_at < now() - make_interval(secs => :keep)
                ORDER BY written_at LIMIT :most FOR UPDATE SKIP LOCKED)
            """;

    /** Whoever meets the event later shall take it for settled. */
    private static final String DEAD = """
            WITH gone AS (
                DELETE FROM queue_messages WHERE (position, queue) IN (
                    SELECT position, queue FROM queue_messages
                    WHERE dead_at < now() - make_interval(secs => :keep)
                    LIMIT :most FOR UPDATE SKIP LOCKED)
                RETURNING position, queue
            )
            INSERT INTO inbox (event_id, queue)
            SELECT outbox.id, gone.queue FROM gone JOIN outbox USING (position)
            ON CONFLICT DO NOTHING
            """;

    /** The note outlives the event: without it the event would seem not to be handled. */
    private static final String NOTED = """
            DELETE FROM inbox WHERE (event_id, queue) IN (
                SELECT event_id, queue FROM inbox
                WHERE handled_at < now() - make_interval(secs => :keep)
                    AND NOT EXISTS (SELECT FROM outbox WHERE outbox.id = inbox.event_id)
                LIMIT :most FOR UPDATE SKIP LOCKED)
            """;

    private static final String SUBSCRIPTIONS = """
            DELETE FROM event_subscriptions WHERE (type, queue) IN (
                SELECT type, queue FROM event_subscriptions
                WHERE seen_at < now() - make_interval(secs => :keep)
                LIMIT :most FOR UPDATE SKIP LOCKED)
            """;

    /** What an update left behind that was taken back: it would hold up the later events of its aggregate. */
    private static final String ABANDONED = """
            UPDATE queue_messages SET dead_at = now(), last_error = 'no version of the server handles this type any more'
            WHERE (position, queue) IN (
                SELECT position, queue FROM queue_messages message
                WHERE dead_at IS NULL AND claimed_by IS NULL AND queued_at < now() - make_interval(secs => :keep)
                    AND NOT EXISTS (
                        SELECT FROM outbox JOIN event_subscriptions wanted USING (type)
                        WHERE outbox.position = message.position AND wanted.queue = message.queue)
                LIMIT :most FOR NO KEY UPDATE SKIP LOCKED)
            """;

    private static final Duration UNSUBSCRIBED = Duration.ofDays(1);

    private final DatabaseClient database;
    private final EventsSettings settings;

    EventSweeper(DatabaseClient database, EventsSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    @Override
    public Mono<Long> sweep(int most) {
        return Flux.concat(
                        delete(DEAD, settings.keepDead(), most),
                        delete(DONE, settings.keepDone(), most),
                        delete(UNWANTED, settings.keepUnwanted(), most),
                        delete(NOTED, settings.keepDone(), most),
                        delete(SUBSCRIPTIONS, UNSUBSCRIBED, most),
                        delete(ABANDONED, UNSUBSCRIBED, most))
                .reduce(0L, Math::max);
    }

    private Mono<Long> delete(String statement, Duration keep, int most) {
        return database.sql(statement)
                .bind("keep", QueueStore.seconds(keep))
                .bind("most", most)
                .fetch()
                .rowsUpdated()
                .onErrorResume(EventSweeper::later);
    }

    /** What fails holds up none of the rest. */
    private static Mono<Long> later(Throwable fault) {
        LOG.warn(
                "Old events are not deleted, which is tried again: {}",
                fault.getClass().getName());
        return Mono.just(0L);
    }
}
