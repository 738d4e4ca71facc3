package io.miniplane.server.identity.infrastructure;

import io.miniplane.server.platform.events.Sweeper;
import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Forgets sessions some time after they ended or expired. */
final class SessionSweeper implements Sweeper {

    private static final String ENDED = """
            DELETE FROM sessions WHERE id IN (
                SELECT id FROM sessions WHERE ended_at < now() - make_interval(secs => :keep)
                LIMIT :most FOR UPDATE SKIP LOCKED)
            """;

    private static final String EXPIRED = """
            DELETE FROM sessions WHERE id IN (
                SELECT id FROM sessions
                WHERE ended_at IS NULL AND refresh_expires_at < now() - make_interval(secs => :keep)
                LIMIT :most FOR UPDATE SKIP LOCKED)
            """;

    private final DatabaseClient database;
    private final Duration keep;

    SessionSweeper(DatabaseClient database, Duration keep) {
        this.database = database;
        this.keep = keep;
    }

    @Override
    public Mono<Long> sweep(int most) {
        return Flux.just(ENDED, EXPIRED)
                .concatMap(statement -> database.sql(statement)
                        .bind("keep", (double) keep.toSeconds())
                        .bind("most", most)
                        .fetch()
                        .rowsUpdated())
                .reduce(0L, Math::max);
    }
}
