package io.miniplane.server.platform.events;

import java.util.List;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Measures the queues. */
public final class QueueGauge {

    private static final String OUTBOX_AGE = """
            SELECT coalesce((
                SELECT extract(epoch FROM clock_timestamp() - written_at) FROM outbox
                WHERE relayed_at IS NULL AND NOT is_parked ORDER BY position LIMIT 1
            ), 0)::float8 AS age
            """;

    private static final String QUEUES = """
            SELECT queue,
                count(*) FILTER (WHERE dead_at IS NULL AND claimed_by IS NULL AND due_at <= now()) AS ready,
                coalesce(extract(epoch FROM now() - min(queued_at) FILTER (WHERE dead_at IS NULL)), 0)::float8 AS age,
                count(*) FILTER (WHERE dead_at IS NOT NULL) AS dead
            FROM queue_messages GROUP BY queue
            """;

    private final DatabaseClient database;

    QueueGauge(DatabaseClient database) {
        this.database = database;
    }

    /** How full the queues are now, by the database. */
    public Mono<QueueFigures> measure() {
        Mono<Double> age = database.sql(OUTBOX_AGE)
                .map(row -> Objects.requireNonNull(row.get("age", Double.class)))
                .one();
        Mono<List<QueueFigures.Queue>> queues = database.sql(QUEUES)
                .map(row -> new QueueFigures.Queue(
                        Objects.requireNonNull(row.get("queue", String.class)),
                        Objects.requireNonNull(row.get("ready", Long.class)),
                        Objects.requireNonNull(row.get("age", Double.class)),
                        Objects.requireNonNull(row.get("dead", Long.class))))
                .all()
                .collectList();
        return Mono.zip(age, queues, QueueFigures::new);
    }
}
