package io.miniplane.server.platform.events;

import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Hands events to a broker within a transaction that holds the relays' lock. The lock is free again as soon as the connection is gone, and five
 * seconds after the last word of a machine that vanished. When that is between handing over and noting it, the next relay hands over again, which
 * the inbox makes harmless.
 */
final class BrokerRelay implements Relay {

    /** Less than what the database waits for. */
    private static final Duration LONGEST_PUBLISHING = Duration.ofSeconds(4);

    private static final String TURN = """
            SELECT pg_try_advisory_xact_lock(:lock) AS mine, set_config('idle_in_transaction_session_timeout', '5s', true)
            """;

    private static final String NEXT = """
            SELECT position, id, type, schemaversion, aggregatetype, aggregateid, subject, time, traceparent, data, sealed_data,
                ARRAY(SELECT queue FROM event_subscriptions wanted WHERE wanted.type = outbox.type) AS queues
            FROM outbox WHERE relayed_at IS NULL AND NOT is_parked
            ORDER BY position LIMIT :most
            """;

    private static final String NOTE = """
            UPDATE outbox SET
                relayed_at = CASE WHEN position = ANY (:sent) THEN clock_timestamp() END,
                is_parked = position <> ALL (:sent)
            WHERE position = ANY (:all)
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transactions;
    private final Broker broker;
    private final SendSpans spans;
    private volatile int most = BATCH;

    BrokerRelay(DatabaseClient database, TransactionalOperator transactions, Broker broker, SendSpans spans) {
        this.database = database;
        this.transactions = transactions;
        this.broker = broker;
        this.spans = spans;
    }

    @Override
    public Mono<Boolean> move() {
        Mono<Boolean> turn = database.sql(TURN)
                .bind("lock", LOCK)
                .map(row -> QueueStore.required(row, "mine", Boolean.class))
                .one();
        return transactions.transactional(turn.flatMap(mine -> mine ? moveBatch() : Mono.just(false)));
    }

    private Mono<Boolean> moveBatch() {
        return database.sql(NEXT)
                .bind("most", most)
                .map(BrokerRelay::outgoing)
                .all()
                .collectList()
                .flatMap(batch -> batch.isEmpty() ? Mono.just(false) : publish(batch, most));
    }

    /** A broker that is too slow for a batch gets a smaller one the next time, for the same again would never get through. */
    private Mono<Boolean> publish(List<OutgoingEvent> batch, int asked) {
        List<OutgoingEvent> wanted =
                batch.stream().filter(event -> !event.queues().isEmpty()).toList();
        return hand(wanted)
                .doOnError(tooSlow -> most = Math.max(1, asked / 2))
                .then(Mono.defer(() -> note(batch, wanted)))
                .doOnSuccess(noted -> most = Math.min(BATCH, asked * 2))
                .thenReturn(batch.size() == asked);
    }

    private Mono<Void> hand(List<OutgoingEvent> wanted) {
        if (wanted.isEmpty()) {
            return Mono.empty();
        }
        SendSpans.Sending sending = spans.begin(wanted);
        return broker.publish(sending.events())
                .timeout(LONGEST_PUBLISHING)
                .doOnError(sending::failed)
                .doOnSuccess(published -> sending.sent());
    }

    private Mono<Long> note(List<OutgoingEvent> batch, List<OutgoingEvent> sent) {
        return database.sql(NOTE)
                .bind("sent", positions(sent))
                .bind("all", positions(batch))
                .fetch()
                .rowsUpdated();
    }

    private static Long[] positions(List<OutgoingEvent> events) {
        return events.stream().map(OutgoingEvent::position).toArray(Long[]::new);
    }

    private static OutgoingEvent outgoing(Readable row) {
        ByteBuffer plain = row.get("data", ByteBuffer.class);
        ByteBuffer body = plain == null ? QueueStore.required(row, "sealed_data", ByteBuffer.class) : plain;
        return new OutgoingEvent(
                QueueStore.required(row, "position", Long.class),
                QueueStore.event(row),
                body,
                Set.of(QueueStore.required(row, "queues", String[].class)));
    }
}
