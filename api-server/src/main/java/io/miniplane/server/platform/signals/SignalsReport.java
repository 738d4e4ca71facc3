package io.miniplane.server.platform.signals;

import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.platform.crypto.Keysets;
import io.miniplane.server.platform.events.QueueReadings;
import io.miniplane.server.platform.reencryption.Reencryption;
import io.miniplane.server.platform.security.TokenLifetime;
import io.miniplane.server.platform.signals.Signals.State;
import io.miniplane.server.platform.signals.Signals.Table;
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
    private final ObjectProvider<TokenLifetime> tokens;
    private final ObjectProvider<Reencryption> reencryption;
    private final DatabaseWatch database;
    private final Instant startedAt = Instant.now();

    SignalsReport(
            AppSettings app,
            RequestTally tally,
            ObjectProvider<QueueReadings> queues,
            ObjectProvider<Keysets> keys,
            ObjectProvider<TokenLifetime> tokens,
            ObjectProvider<Reencryption> reencryption,
            DatabaseWatch database) {
        this.app = app;
        this.tally = tally;
        this.queues = queues;
        this.keys = keys;
        this.tokens = tokens;
        this.reencryption = reencryption;
        this.database = database;
    }

    /** The signals as they are now, to be written as JSON. */
    public Object now() {
        Instant now = Instant.now();
        Optional<QueueReadings> readings = Optional.ofNullable(queues.getIfAvailable());
        return new Signals(
                Signals.VERSION,
                app.role(),
                startedAt,
                tally.requests(),
                readings.map(QueueReadings::queues).orElse(List.of()),
                keys.stream().flatMap(keysets -> keysets.loaded().stream()).toList(),
                tokens.stream()
                        .map(lifetime -> lifetime.duration().toSeconds())
                        .findFirst()
                        .orElse(null),
                reencryption.stream()
                        .flatMap(work -> work.tables().stream())
                        .map(table -> Table.of(table, now))
                        .toList(),
                database.state(),
                readings.flatMap(QueueReadings::isBrokerThere).map(State::of).orElse(State.UNKNOWN));
    }
}
