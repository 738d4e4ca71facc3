package io.miniplane.server.platform.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The series of the queues; each is there from the start, at 0. */
final class EventMeters {

    /** The observation of one attempt, and so the name of its timer. */
    static final String ATTEMPT = "miniplane.event";

    private final Map<String, QueueFigures.Queue> figures = new ConcurrentHashMap<>();
    private final MeterRegistry meters;
    private volatile double outboxAge;
    private volatile boolean isBrokerThere;

    EventMeters(MeterRegistry meters, List<String> queues) {
        this.meters = meters;
        Gauge.builder("miniplane.broker.connected", this, of -> of.isBrokerThere ? 1 : 0)
                .description("1 while the broker of the events answers, else 0")
                .register(meters);
        TimeGauge.builder("miniplane.outbox.age", this, TimeUnit.SECONDS, of -> of.outboxAge)
                .description("How long the oldest event has waited in the outbox to be moved to the queues")
                .register(meters);
        queues.forEach(queue -> register(meters, queue));
    }

    void set(QueueFigures now, boolean hasBroker) {
        isBrokerThere = hasBroker;
        outboxAge = now.outboxAgeSeconds();
        figures.clear();
        now.queues().forEach(queue -> figures.put(queue.name(), queue));
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
        gauge("miniplane.queue.messages.ready", queue, this::ready)
                .description("Events of the queue that wait for a worker and are due")
                .register(meters);
        gauge("miniplane.queue.oldest.age", queue, QueueFigures.Queue::oldestAgeSeconds)
                .description("How long the oldest event of the queue has waited to be handled")
                .baseUnit("seconds")
                .register(meters);
        gauge("miniplane.dead.letters", queue, QueueFigures.Queue::dead)
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

    private Gauge.Builder<EventMeters> gauge(String name, String queue, ToDoubleFunction<QueueFigures.Queue> figure) {
        return Gauge.builder(name, this, of -> figure.applyAsDouble(of.of(queue)))
                .tag("queue", queue);
    }

    /** What cannot be known is no number. */
    private double ready(QueueFigures.Queue queue) {
        return isBrokerThere ? queue.ready() : Double.NaN;
    }

    private QueueFigures.Queue of(String queue) {
        return figures.getOrDefault(queue, new QueueFigures.Queue(queue, 0, 0, 0));
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
