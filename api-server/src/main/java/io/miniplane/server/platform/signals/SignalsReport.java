package io.miniplane.server.platform.signals;

import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.platform.crypto.Keysets;
import io.miniplane.server.platform.events.QueueReadings;
import io.miniplane.server.platform.signals.Signals.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Puts the signals together out of what is known already: nothing is asked for them. */
@Component
public final class SignalsReport {

    private final AppSettings app;
    private final RequestTally tally;
    private final ObjectProvider<QueueReadings> queues;
    private final ObjectProvider<Keysets> keys;
    private final DatabaseWatch database;
    private final Instant startedAt = Instant.now();

    SignalsReport(
            AppSettings app,
            RequestTally tally,
            ObjectProvider<QueueReadings> queues,
            ObjectProvider<Keysets> keys,
            DatabaseWatch database) {
        this.app = app;
        this.tally = tally;
        this.queues = queues;
        this.keys = keys;
        this.database = database;
    }

    /** The signals as they are now, to be written as JSON. */
    public Object now() {
        Optional<QueueReadings> readings = Optional.ofNullable(queues.getIfAvailable());
        return new Signals(
                Signals.VERSION,
                app.role(),
                startedAt,
                tally.requests(),
                readings.map(QueueReadings::queues).orElse(List.of()),
                keys.stream().flatMap(keysets -> keysets.loaded().stream()).toList(),
                database.state(),
                readings.flatMap(QueueReadings::isBrokerThere).map(State::of).orElse(State.UNKNOWN));
    }
}
