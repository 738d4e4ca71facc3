package io.miniplane.operator.rotation;

import io.miniplane.operator.signals.PodReading;
import io.miniplane.operator.signals.PodSignals;
import io.miniplane.operator.signals.PodSignals.Keyset;
import io.miniplane.operator.signals.PodSignals.Queue;
import io.miniplane.operator.signals.PodSignals.Requests;
import io.miniplane.operator.signals.PodSignals.State;
import io.miniplane.operator.signals.PodSignals.Table;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a pod tells, built up by what a test is about; unless said otherwise all that a rotation asks for. */
record Telling(long primary, List<Long> all, @Nullable Long lifetime, List<Table> tables, List<Queue> queues) {

    static Telling uses(long primary, Long... all) {
        return new Telling(
                primary,
                List.of(all),
                7200L,
                List.of(new Table("users", 0, primary, primary, 1.0), new Table("outbox", 0, primary, 0, 1.0)),
                List.of(new Queue("paid", 0L, 0.0, null)));
    }

    Telling withLifetime(@Nullable Long seconds) {
        return new Telling(primary, all, seconds, tables, queues);
    }

    Telling withTables(Table... others) {
        return new Telling(primary, all, lifetime, List.of(others), queues);
    }

    Telling withQueues(Queue... others) {
        return new Telling(primary, all, lifetime, tables, List.of(others));
    }

    PodReading by(String pod, Instant askedAt) {
        var keysets = Stream.of("data", "index", "jwt")
                .map(name -> new Keyset(name, primary, all))
                .toList();
        var signals = new PodSignals(
                1,
                Instant.EPOCH,
                new Requests(0, 0, 0, List.of()),
                queues,
                keysets,
                lifetime,
                tables,
                State.UP,
                State.UP);
        return new PodReading(pod, false, askedAt, signals, null);
    }
}
