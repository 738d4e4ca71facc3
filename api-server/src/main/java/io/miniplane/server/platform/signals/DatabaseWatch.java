package io.miniplane.server.platform.signals;

import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.platform.RecurringWork;
import io.miniplane.server.platform.database.DatabaseProbe;
import io.miniplane.server.platform.signals.Signals.State;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Asks every few seconds whether the database answers, so that nobody who wants to know has to wait for it. */
@Component
final class DatabaseWatch extends RecurringWork {

    private static final Duration REST = Duration.ofSeconds(5);

    private final DatabaseProbe database;
    private volatile State state = State.UNKNOWN;

    DatabaseWatch(DatabaseProbe database, AppSettings app) {
        super("The watch of the database", REST, app.role() != AppSettings.Role.TASK);
        this.database = database;
    }

    State state() {
        return state;
    }

    @Override
    protected Mono<Boolean> round() {
        return database.answers().doOnNext(answers -> state = State.of(answers)).thenReturn(false);
    }
}
