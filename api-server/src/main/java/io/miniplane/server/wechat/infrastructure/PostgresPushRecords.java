package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.Outbox;
import io.miniplane.server.platform.events.Sweeper;
import io.miniplane.server.wechat.application.PushRecords;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Objects;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * Remembers pushes in PostgreSQL. It has a few connections of its own on which no statement runs for long: WeChat waits for an answer, and neither
 * shall a storm of pushes keep logins waiting nor the reverse.
 */
final class PostgresPushRecords implements PushRecords, Sweeper, DisposableBean {

    private static final ErrorCode DATABASE_UNAVAILABLE = new ErrorCode(50302);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration STATEMENT_LIMIT = Duration.ofMillis(500);

    /** With what goes before and after it, less than the second within which an answer is promised. */
    private static final Duration LIMIT = Duration.ofMillis(700);

    private static final int CONNECTIONS = 8;

    private static final String KEEP = """
            WITH request AS (
                INSERT INTO wechat_pushes_seen (key, content) VALUES (:request, :content)
                ON CONFLICT (key) DO UPDATE SET deliveries = wechat_pushes_seen.deliveries + 1
                RETURNING content = :content AS own, deliveries
            ),
            message AS (
                INSERT INTO wechat_pushes_seen (key, content) SELECT :message, :content FROM request WHERE own
                ON CONFLICT (key) DO UPDATE SET deliveries = wechat_pushes_seen.deliveries + 1
                RETURNING deliveries
            ),
            event AS (
            """ + Outbox.INSERT + """
                WHERE EXISTS (SELECT FROM message WHERE deliveries = 1)
            )
            SELECT own, deliveries AS requests, coalesce((SELECT deliveries FROM message), 0) AS deliveries FROM request
            """;

    private static final String FORGET = """
            DELETE FROM wechat_pushes_seen WHERE key IN (
                SELECT key FROM wechat_pushes_seen
                WHERE seen_at < now() - make_interval(secs => :keep)
                LIMIT :most FOR UPDATE SKIP LOCKED)
            """;

    private final DatabaseClient database;
    private final Outbox outbox;
    private final Duration remember;
    private final ConnectionPool pool;
    private final DatabaseClient quick;

    PostgresPushRecords(
            DatabaseClient database, ConnectionFactoryOptions connection, Outbox outbox, Duration remember) {
        this.database = database;
        this.outbox = outbox;
        this.remember = remember;
        this.pool = new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get(connection
                        .mutate()
                        .option(ConnectionFactoryOptions.STATEMENT_TIMEOUT, STATEMENT_LIMIT)
                        .build()))
                .name("pushes")
                .initialSize(1)
                .minIdle(1)
                .maxSize(CONNECTIONS)
                .acquireRetry(0)
                .maxAcquireTime(LIMIT)
                .build());
        this.quick = DatabaseClient.create(pool);
        pool.warmup().onErrorComplete().subscribe();
    }

    @Override
    public Mono<Kept> keep(Fingerprint fingerprint, DomainEvent event) {
        DatabaseClient.GenericExecuteSpec statement = quick.sql(KEEP)
                .bind("request", fingerprint.request())
                .bind("message", fingerprint.message())
                .bind("content", fingerprint.content());
        return outbox.bind(statement, event)
                .map(PostgresPushRecords::kept)
                .one()
                .timeout(LIMIT)
                .doOnNext(kept -> wake(kept, outbox))
                .onErrorMap(error -> new Failure(DATABASE_UNAVAILABLE, RETRY_AFTER, error));
    }

    @Override
    public Mono<Long> sweep(int most) {
        return database.sql(FORGET)
                .bind("keep", (double) remember.toSeconds())
                .bind("most", most)
                .fetch()
                .rowsUpdated();
    }

    @Override
    public void destroy() {
        pool.dispose();
    }

    private static void wake(Kept kept, Outbox outbox) {
        if (kept.deliveries() == 1) {
            outbox.wake();
        }
    }

    private static Kept kept(Readable row) {
        return new Kept(
                Boolean.TRUE.equals(row.get("own", Boolean.class)),
                Objects.requireNonNull(row.get("requests", Integer.class)),
                Objects.requireNonNull(row.get("deliveries", Integer.class)));
    }
}
