package io.miniplane.server.wechat.infrastructure;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The forced refreshes in PostgreSQL: one row per app, asked and changed by one statement, by the clock of the database. */
final class PostgresForcedRefreshes implements ForcedRefreshes {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Whether the row, which holds the last 20 grants and the newest first, allows one more. */
    private static final String ALLOWED =
            "kept.grants[1] <= now() - interval '30 seconds' AND coalesce(kept.grants[20] <= now() - interval '1 day', true)";

    // Of two servers that ask at once the second waits for the row and then sees what the first has made of it.
    private static final String ASK = """
            INSERT INTO wechat_forced_refreshes AS kept (app_id, grants, last_ask)
            VALUES (:appId, ARRAY[now()], :ask)
            ON CONFLICT (app_id) DO UPDATE SET
                grants = CASE WHEN %1$s THEN (now() || kept.grants)[1 : 20] ELSE kept.grants END,
                last_ask = CASE WHEN %1$s THEN excluded.last_ask ELSE kept.last_ask END
            RETURNING last_ask = :ask AS granted,
                extract(epoch FROM now() - grants[1])::float8 AS since_last,
                extract(epoch FROM
                    greatest(grants[1] + interval '30 seconds', grants[20] + interval '1 day') - now())::float8 AS until_next
            """.formatted(ALLOWED);

    private final String appId;
    private final DatabaseClient database;

    PostgresForcedRefreshes(String appId, DatabaseClient database) {
        this.appId = appId;
        this.database = database;
    }

    @Override
    public Mono<Answer> ask() {
        return Mono.defer(() -> database.sql(ASK)
                        .bind("appId", appId)
                        .bind("ask", UUID.randomUUID())
                        .map(PostgresForcedRefreshes::answer)
                        .one())
                .timeout(PATIENCE);
    }

    private static Answer answer(Readable row) {
        return new Answer(
                Boolean.TRUE.equals(row.get("granted", Boolean.class)),
                seconds(row, "since_last"),
                seconds(row, "until_next"));
    }

    private static Duration seconds(Readable row, String column) {
        Double seconds = row.get(column, Double.class);
        return Duration.ofMillis(seconds == null ? 0 : Math.max(0, Math.round(seconds * 1000)));
    }
}
