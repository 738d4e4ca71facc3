package io.miniplane.server.platform.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was last measured of the queues, and their series; each is there from the start. */
final class EventMeters implements QueueReadings {

    /** The observation of one attempt, and so the name of its timer. */
    static final String ATTEMPT = "miniplane.event";

    /** Queues are measured every five seconds; that may fail a few times before the last figures are no longer true. */
    static final Duration VALID = Duration.ofSeconds(30);

    private final MeterRegistry meters;
    private final List<String> queues;
    private final Clock clock;
    private volatile @Nullable Measured last;

    EventMeters(MeterRegistry meters, List<String> queues, Clock clock) {
        this.meters = meters;
        this.queues = queues;
        this.clock = clock;
        Gauge.builder(
                        "miniplane.broker.connected",
                        this,
                        of -> of.isBrokerThere().orElse(false) ? 1 : 0)
                .description("1 while the broker of the events answers, else 0")
                .register(meters);
        TimeGauge.builder("miniplane.outbox.age", this, TimeUnit.SECONDS, EventMeters::outboxAge)
                .description("How long the oldest event has waited in the outbox to be moved to the queues")
                .register(meters);
        queues.forEach(queue -> register(meters, queue));
    }

    void set(QueueFigures now, boolean hasBroker) {
        last = new Measured(
                now.queues().stream().collect(Collectors.toMap(QueueFigures.Queue::name, Function.identity())),
                now.outboxAgeSeconds(),
                hasBroker,
                clock.instant());
    }

    @Override
    public List<Reading> queues() {
        Optional<Measured> measured = measured();
        return queues.stream().map(queue -> reading(queue, measured)).toList();
    }

    @Override
    public Optional<Boolean> isBrokerThere() {
        return measured().map(Measured::hasBroker);
    }

    private static Reading reading(String queue, Optional<Measured> measured) {
        if (measured.isEmpty()) {
            return new Reading(queue, null, null, "The queues could not be measured in the last half minute");
        }
        QueueFigures.Queue found = measured.get().of(queue);
        return measured.get().hasBroker()
                ? new Reading(queue, found.ready(), found.oldestAgeSeconds(), null)
                : new Reading(queue, null, found.oldestAgeSeconds(), "The broker does not answer");
    }

    private Optional<Measured> measured() {
        Instant oldest = clock.instant().minus(VALID);
        return Optional.ofNullable(last).filter(measured -> measured.at().isAfter(oldest));
    }

    /** Counts a message that is no event. */
    void unreadable(String queue) {
        unreadableOf(queue).increment();
    }

    private Counter unreadableOf(String queue) {
        return Counter.builder("miniplane.events.unreadable")
                .description("Messages of the queue that are no events and were put aside at the broker")
                .tag("queue", queue)
                .register(meters);
    }

    private void register(MeterRegistry meters, String queue) {
        unreadableOf(queue);
        gauge("miniplane.queue.messages.ready", queue, EventMeters::ready)
                .description("Events of the queue that wait for a worker and are due")
                .register(meters);
        gauge("miniplane.queue.oldest.age", queue, EventMeters::oldestAge)
                .description("How long the oldest event of the queue has waited to be handled")
                .baseUnit("seconds")
                .register(meters);
        gauge("miniplane.dead.letters", queue, EventMeters::dead)
                .description("Events of the queue that failed too often and are kept aside")
                .register(meters);
        Arrays.stream(Outcome.values())
                .forEach(outcome -> Timer.builder(ATTEMPT)
                        .description("Attempts to handle an event by how they came out")
                        .tag("queue", queue)
                        .tag("outcome", outcome.label())
                        .tag("error", "none")
                        .register(meters));
    }

    private Gauge.Builder<EventMeters> gauge(String name, String queue, ToDoubleBiFunction<Measured, String> figure) {
        return Gauge.builder(name, this, of -> of.figure(queue, figure)).tag("queue", queue);
    }

    /** What cannot be known is no number. */
    private double figure(String queue, ToDoubleBiFunction<Measured, String> figure) {
        return measured().map(measured -> figure.applyAsDouble(measured, queue)).orElse(Double.NaN);
    }

    private double outboxAge() {
        return measured().map(Measured::outboxAge).orElse(Double.NaN);
    }

    private static double ready(Measured measured, String queue) {
        return measured.hasBroker() ? measured.of(queue).ready() : Double.NaN;
    }

    private static double oldestAge(Measured measured, String queue) {
        return measured.of(queue).oldestAgeSeconds();
    }

    private static double dead(Measured measured, String queue) {
        return measured.of(queue).dead();
    }

    private record Measured(Map<String, QueueFigures.Queue> figures, double outboxAge, boolean hasBroker, Instant at) {

        /** A queue that was not found holds nothing. */
        QueueFigures.Queue of(String queue) {
            return figures.getOrDefault(queue, new QueueFigures.Queue(queue, 0, 0, 0));
        }
    }

    /** How an attempt came out. */
    enum Outcome {
        /** Handled. */
        DONE,
        /** It had been handled before, so nothing was done. */
        REPEATED,
        /** It waits until an earlier one of its aggregate is handled. */
        WAITING,
        /** It is tried again. */
        FAILED,
        /** It is not tried again. */
        DEAD;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
