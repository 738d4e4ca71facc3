package io.miniplane.operator.signals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes requests per second out of the counts of the pods of one backend, as an average over the last minute. */
final class TrafficMeter {

    /** How far back counts are compared. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final Map<String, Pod> pods = new HashMap<>();

    /** Takes in one reading of each pod there is; nothing while no pod can be compared with itself. */
    Optional<Traffic> observe(List<PodReading> readings, Instant now) {
        pods.keySet().retainAll(readings.stream().map(PodReading::pod).collect(Collectors.toSet()));
        double qps = 0;
        int known = 0;
        boolean complete = true;
        for (PodReading reading : readings) {
            OptionalDouble rate =
                    pods.computeIfAbsent(reading.pod(), first -> new Pod()).observe(reading.answer(), now);
            complete &= rate.isPresent() && reading.answer() != null;
            known += rate.isPresent() ? 1 : 0;
            qps += rate.orElse(0);
        }
        return known == 0 ? Optional.empty() : Optional.of(new Traffic(qps, complete));
    }

    private record Count(Instant at, long total) {}

    /** The counts of one pod in the window, oldest first. */
    private static final class Pod {

        private final Deque<Count> counts = new ArrayDeque<>();
        private @Nullable Instant startedAt;

        OptionalDouble observe(@Nullable PodSignals signals, Instant now) {
            if (signals != null) {
                add(signals, now);
            }
            while (counts.size() > 1 && counts.getFirst().at().isBefore(now.minus(WINDOW))) {
                counts.removeFirst();
            }
            return rate();
        }

        /** A server that restarted began at 0 some time after it was last asked. */
        private void add(PodSignals signals, Instant now) {
            long total = signals.requests().total();
            boolean restarted = startedAt != null
                    && (!startedAt.equals(signals.startedAt())
                            || total < counts.getLast().total());
            if (restarted) {
                Instant before = counts.getLast().at();
                counts.clear();
                counts.add(new Count(before, 0));
            }
            startedAt = signals.startedAt();
            counts.add(new Count(now, total));
        }

        private OptionalDouble rate() {
            if (counts.size() < 2) {
                return OptionalDouble.empty();
            }
            Count first = counts.getFirst();
            Count last = counts.getLast();
            double seconds = Duration.between(first.at(), last.at()).toNanos() / 1e9;
            return seconds <= 0 ? OptionalDouble.empty() : OptionalDouble.of((last.total() - first.total()) / seconds);
        }
    }
}
