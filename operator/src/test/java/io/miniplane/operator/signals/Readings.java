package io.miniplane.operator.signals;

import io.miniplane.operator.signals.PodSignals.Queue;
import io.miniplane.operator.signals.PodSignals.Requests;
import io.miniplane.operator.signals.PodSignals.State;
import java.time.Instant;
import java.util.List;

/** What pods tell, for tests. */
final class Readings {

    static final Instant STARTED = Instant.parse("2026-11-29T09:00:00Z");

    private Readings() {}

    static PodReading pod(String name, long total) {
        return pod(name, total, STARTED);
    }

    static PodReading pod(String name, long total, Instant startedAt) {
        return of(name, signals(startedAt, total, List.of(), State.UP));
    }

    static PodReading worker(String name, Queue... queues) {
        return of(name, signals(STARTED, 0, List.of(queues), State.UP));
    }

    static PodReading withDatabase(String name, State state) {
        return of(name, signals(STARTED, 0, List.of(), state));
    }

    static PodReading silent(String name) {
        return new PodReading(name, false, STARTED, null, "it takes no connection");
    }

    /** The same pod when it is about to go. */
    static PodReading terminating(PodReading reading) {
        return new PodReading(reading.pod(), true, reading.askedAt(), reading.answer(), reading.problem());
    }

    private static PodReading of(String name, PodSignals signals) {
        return new PodReading(name, false, STARTED, signals, null);
    }

    static Queue queue(String name, long ready) {
        return new Queue(name, ready, 1.0, null);
    }

    static Queue unreadable(String name) {
        return new Queue(name, null, null, "The broker does not answer");
    }

    private static PodSignals signals(Instant startedAt, long total, List<Queue> queues, State database) {
        return new PodSignals(
                1,
                startedAt,
                new Requests(total, 0, 0, List.of()),
                queues,
                List.of(),
                null,
                List.of(),
                database,
                State.UP);
    }
}
