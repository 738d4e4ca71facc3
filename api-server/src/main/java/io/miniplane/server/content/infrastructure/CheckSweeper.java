package io.miniplane.server.content.infrastructure;

import io.miniplane.server.platform.events.Sweeper;
import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Forgets checks and verdicts after their time. */
@Component
final class CheckSweeper implements Sweeper {

    private static final String CHECKS = """
            DELETE FROM content_checks WHERE id IN (
                SELECT id FROM content_checks WHERE created_at < now() - make_interval(secs => :keep)
                LIMIT :most FOR UPDATE SKIP LOCKED)
            """;

    private static final String VERDICTS = """
            DELETE FROM content_verdicts WHERE trace_id IN (
                SELECT trace_id FROM content_verdicts WHERE created_at < now() - make_interval(secs => :keep)
                LIMIT :most FOR UPDATE SKIP LOCKED)
            """;

    private final DatabaseClient database;
    private final Duration keep;

    CheckSweeper(DatabaseClient database, ContentSettings settings) {
        this.database = database;
        this.keep = settings.retention();
    }

    @Override
    public Mono<Long> sweep(int most) {
        return Flux.just(CHECKS, VERDICTS)
                .concatMap(statement -> database.sql(statement)
                        .bind("keep", (double) keep.toSeconds())
                        .bind("most", most)
                        .fetch()
                        .rowsUpdated())
                .reduce(0L, Math::max);
    }
}
