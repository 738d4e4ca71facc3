package io.miniplane.server.notification.infrastructure;

import io.miniplane.server.notification.application.TellingNotes;
import io.miniplane.server.platform.events.Sweeper;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Notes in PostgreSQL, kept for longer than an event is tried or lies as a dead letter. */
record PostgresTellingNotes(DatabaseClient database) implements TellingNotes, Sweeper {

    private static final String BEGIN =
            "INSERT INTO notification_notes (event_id) VALUES (:event) ON CONFLICT (event_id) DO NOTHING";

    private static final String TAKE_BACK = "DELETE FROM notification_notes WHERE event_id = :event";

    private static final String SWEEP = """
            DELETE FROM notification_notes WHERE event_id IN (
                SELECT event_id FROM notification_notes WHERE noted_at < now() - interval '100 days' LIMIT :most)
            """;

    @Override
    public Mono<Boolean> begin(UUID event) {
        return database.sql(BEGIN).bind("event", event).fetch().rowsUpdated().map(rows -> rows > 0);
    }

    @Override
    public Mono<Void> takeBack(UUID event) {
        return database.sql(TAKE_BACK).bind("event", event).then();
    }

    @Override
    public Mono<Long> sweep(int most) {
        return database.sql(SWEEP).bind("most", most).fetch().rowsUpdated();
    }
}
