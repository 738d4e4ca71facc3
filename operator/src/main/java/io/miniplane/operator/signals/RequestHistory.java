package io.miniplane.operator.signals;

import io.miniplane.operator.signals.PodSignals.Requests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What single pods told of their requests in the last minute, and what they count since they started. */
final class RequestHistory {

    /** The stretch of time that is recent. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final Requests NONE = new Requests(0, 0, 0, List.of());

    private final Map<String, Pod> pods = new HashMap<>();

    /** Takes in one reading of each pod there is; what is known of others is forgotten. */
    void observe(List<PodReading> readings, Instant now) {
        pods.keySet().retainAll(readings.stream().map(PodReading::pod).collect(Collectors.toSet()));
        readings.forEach(reading ->
                pods.computeIfAbsent(reading.pod(), first -> new Pod()).observe(reading, now));
    }

    boolean isEmpty() {
        return pods.isEmpty();
    }

    /**
     * What pods told.
     *
     * @param names the pods that matter
     * @param oldest when one was read before this, what it told counts but is not enough
     */
    PodsRequests of(Set<String> names, Instant oldest) {
        var recent = new ArrayList<Requests>();
        var all = new ArrayList<Requests>();
        Optional<String> gap = names.isEmpty() ? Optional.of("it has no pod") : Optional.empty();
        for (String name : names.stream().sorted().toList()) {
            Pod pod = pods.getOrDefault(name, new Pod());
            gap = gap.or(() -> pod.gap(oldest).map(why -> "pod %s can't be read: %s".formatted(name, why)));
            pod.all().ifPresent(all::add);
            pod.recent().ifPresent(recent::add);
        }
        return new PodsRequests(
                ServedRequests.sum(Optional.of(WINDOW), recent), ServedRequests.sum(Optional.empty(), all), gap);
    }

    private record Sample(Instant at, Requests requests) {}

    /** One pod: its readings of the last minute, oldest first. */
    private static final class Pod {

        private final Deque<Sample> samples = new ArrayDeque<>();
        private @Nullable Instant startedAt;
        private @Nullable String problem = "it was not asked yet";

        void observe(PodReading reading, Instant now) {
            problem = reading.problem();
            reading.signals().ifPresent(signals -> add(signals, now));
            while (samples.size() > 1 && samples.getFirst().at().isBefore(now.minus(WINDOW))) {
                samples.removeFirst();
            }
        }

        /** A server that started within the minute counts from nothing; of one that ran before, only the difference is recent. */
        private void add(PodSignals signals, Instant now) {
            if (!signals.startedAt().equals(startedAt)) {
                samples.clear();
                if (signals.startedAt().isAfter(now.minus(WINDOW))) {
                    samples.add(new Sample(signals.startedAt(), NONE));
                }
            }
            startedAt = signals.startedAt();
            samples.add(new Sample(now, signals.requests()));
        }

        Optional<Requests> all() {
            return startedAt == null
                    ? Optional.empty()
                    : Optional.of(samples.getLast().requests());
        }

        Optional<Requests> recent() {
            return startedAt == null
                    ? Optional.empty()
                    : Optional.of(ServedRequests.between(
                            samples.getFirst().requests(), samples.getLast().requests()));
        }

        Optional<String> gap(Instant oldest) {
            if (problem != null) {
                return Optional.of(problem);
            }
            return samples.getLast().at().isAfter(oldest)
                    ? Optional.empty()
                    : Optional.of("it has not been asked since");
        }
    }
}
