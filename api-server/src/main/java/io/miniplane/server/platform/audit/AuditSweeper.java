package io.miniplane.server.platform.audit;

import io.miniplane.server.platform.events.Sweeper;
import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Deletes the rows of the audit log that have been kept for as long as they must be. */
@Component
final class AuditSweeper implements Sweeper {

    private static final String OLD = """
            DELETE FROM audit WHERE id IN (
                SELECT id FROM audit WHERE at < now() - make_interval(secs => :keep)
                LIMIT :most FOR UPDATE SKIP LOCKED)
            """;

    private final DatabaseClient database;
    private final Duration keep;

    AuditSweeper(DatabaseClient database, AuditSettings settings) {
        this.database = database;
        this.keep = settings.retention();
    }

    @Override
    public Mono<Long> sweep(int most) {
        return database.sql(OLD)
                .bind("keep", (double) keep.toSeconds())
                .bind("most", most)
                .fetch()
                .rowsUpdated();
    }
}
