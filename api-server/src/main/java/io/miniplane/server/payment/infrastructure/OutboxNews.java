package io.miniplane.server.payment.infrastructure;

import io.miniplane.server.payment.application.NewsBox;
import io.miniplane.server.payment.domain.PaymentNews;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.events.Outbox;
import io.miniplane.server.platform.events.Sweeper;
import io.miniplane.server.platform.events.Traceparent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Keeps news in the outbox; that a notification came before is known by its hash, which all replicas share. */
final class OutboxNews implements NewsBox, Sweeper {

    private static final ErrorCode DATABASE_UNAVAILABLE = new ErrorCode(50302);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** Less than the 5 seconds for which WeChat Pay waits. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private static final String PUT_ONCE = """
            WITH seen AS (
                INSERT INTO pay_notifications_seen (key) VALUES (:key) ON CONFLICT (key) DO NOTHING RETURNING key
            ),
            event AS (
            """ + Outbox.INSERT + """
                WHERE EXISTS (SELECT FROM seen)
            )
            SELECT count(*) AS new FROM seen
            """;

    private static final String FORGET = """
            DELETE FROM pay_notifications_seen WHERE key IN (
                SELECT key FROM pay_notifications_seen
                WHERE seen_at < now() - make_interval(secs => :keep)
                LIMIT :most FOR UPDATE SKIP LOCKED)
            """;

    private final DatabaseClient database;
    private final Outbox outbox;
    private final Duration remember;

    OutboxNews(DatabaseClient database, Outbox outbox, Duration remember) {
        this.database = database;
        this.outbox = outbox;
        this.remember = remember;
    }

    @Override
    public Mono<Void> put(PaymentNews news) {
        return outbox.write(NewsEvents.write(news, null));
    }

    @Override
    public Mono<Boolean> putOnce(String id, PaymentNews news, String resource) {
        return Mono.deferContextual(context -> outbox.bind(
                                database.sql(PUT_ONCE).bind("key", hash(id, resource)),
                                NewsEvents.write(news, resource).within(Traceparent.of(context)))
                        .map(row -> Objects.requireNonNull(row.get("new", Long.class)) > 0)
                        .one())
                .timeout(LIMIT)
                .doOnNext(isNew -> outbox.wake())
                .onErrorMap(error -> new Failure(DATABASE_UNAVAILABLE, RETRY_AFTER, error));
    }

    @Override
    public Mono<Long> sweep(int most) {
        return database.sql(FORGET)
                .bind("keep", PostgresPayments.seconds(remember))
                .bind("most", most)
                .fetch()
                .rowsUpdated();
    }

    private static byte[] hash(String id, String resource) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return sha256.digest((id + "\n" + resource).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
