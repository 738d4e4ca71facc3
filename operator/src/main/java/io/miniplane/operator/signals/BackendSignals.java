package io.miniplane.operator.signals;

import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.objects.Component;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of one backend out of all rounds so far. */
final class BackendSignals {

    private final Duration valid;
    private final TrafficMeter meter = new TrafficMeter();
    private final TierChoice choice = new TierChoice();
    private final RequestHistory canary = new RequestHistory();
    private Optional<Remembered<Double>> qps = Optional.empty();
    private Optional<Remembered<Long>> ready = Optional.empty();
    private Optional<Remembered<DatabaseHealth>> database = Optional.empty();
    private QueueLength queue = new QueueLength.Unknown("No pod has been asked yet");
    private List<PodReading> readings = List.of();
    private @Nullable Assessment assessment;

    /** @param valid how long what was read stands in for what can't be read */
    BackendSignals(Duration valid) {
        this.valid = valid;
    }

    /**
     * Takes in one round; tells whether something changed that matters; while a canary runs, all does. Pods that are about
     * to go count in no figure.
     */
    synchronized boolean observe(MiniProgramBackend backend, List<PodReading> all, Instant now) {
        Assessment before = assessment == null ? firstOf(backend, now) : assessment;
        readings = List.copyOf(all);
        List<PodReading> round =
                all.stream().filter(reading -> !reading.terminating()).toList();
        String podsOfCanary = Component.CANARY.nameFor(backend.getMetadata().getName()) + "-";
        canary.observe(
                round.stream()
                        .filter(reading -> reading.pod().startsWith(podsOfCanary))
                        .toList(),
                now);
        Optional<Traffic> traffic = meter.observe(round, now);
        qps = traffic.filter(Traffic::complete)
                .map(known -> new Remembered<>(known.qps(), now))
                .or(() -> qps);
        queue = QueueLength.of(round);
        if (queue instanceof QueueLength.Known(long count)) {
            ready = Optional.of(new Remembered<>(count, now));
        }
        DatabaseHealth health = DatabaseHealth.of(round);
        if (health != DatabaseHealth.UNKNOWN) {
            database = Optional.of(new Remembered<>(health, now));
        }
        Assessment next = new Assessment(
                tier(backend, traffic, now),
                figure(before.qps(), recent(qps, now)),
                figure(before.queueLength(), recent(ready, now).map(Long::doubleValue)),
                recent(database, now).orElse(DatabaseHealth.UNKNOWN));
        assessment = next;
        return !next.equals(before) || !canary.isEmpty();
    }

    /** How requests to pods of the canary went. */
    synchronized PodsRequests requestsOf(Set<String> pods, Instant oldest) {
        return canary.of(pods, oldest);
    }

    /** What follows from the last round, or nothing before the first. */
    synchronized Optional<Assessment> assessment() {
        return Optional.ofNullable(assessment);
    }

    /** What the pods told in the last round, those that are about to go too. */
    synchronized List<PodReading> readings() {
        return readings;
    }

    /** How many events wait, as last read unless that is too long ago. */
    synchronized QueueLength queueLength(Instant now) {
        Optional<QueueLength> known = recent(ready, now).map(QueueLength.Known::new);
        return known.orElseGet(() -> queue instanceof QueueLength.Unknown
                ? queue
                : new QueueLength.Unknown("Its pods have not been asked for %d s".formatted(valid.toSeconds())));
    }

    /** After a restart of the operator traffic is only known from the second round on; until then what is reported holds. */
    private Assessment firstOf(MiniProgramBackend backend, Instant now) {
        Assessment reported = Assessment.reported(backend);
        qps = Optional.ofNullable(reported.qps()).map(figure -> new Remembered<>(figure.doubleValue(), now));
        return reported;
    }

    /** The tier goes on from the reported one, which the operator that leads has decided. */
    private int tier(MiniProgramBackend backend, Optional<Traffic> traffic, Instant now) {
        int current = Assessment.reported(backend).tier();
        return traffic.filter(known -> !backend.getSpec().paused())
                .map(known -> choice.choose(backend.getSpec().api().tiers(), current, known, now))
                .orElse(current);
    }

    private <T> Optional<T> recent(Optional<Remembered<T>> remembered, Instant now) {
        return remembered.filter(it -> !it.readAt().isBefore(now.minus(valid))).map(Remembered::value);
    }

    private static @Nullable Long figure(@Nullable Long reported, Optional<Double> measured) {
        return measured.map(value -> StickyFigure.follow(reported, value)).orElse(null);
    }

    private record Remembered<T>(T value, Instant readAt) {}
}
