package io.miniplane.server.platform.events;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * What a process that works does about events: its sign of life, the relay, a consumer per queue, measuring and sweeping. It runs beside its likes,
 * and any of them may vanish.
 */
final class EventWorker implements SmartLifecycle {

    private static final Logger LOG = LogManager.getLogger(EventWorker.class);
    private static final int BEATS_PER_LEASE = 4;
    private static final int SWEPT_AT_ONCE = 2000;
    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final Duration MEASURE = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Duration LEAVE = Duration.ofSeconds(2);
    private static final Retry UNTIL_IT_WORKS =
            Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(500)).maxBackoff(Duration.ofSeconds(10));

    private final Parts parts;
    private final Map<String, QueueConsumer> consumers;
    private final WakefulTask relay;
    private final List<WakefulTask> rounds;
    private final Notifications notifications;
    private final AtomicBoolean isRunning = new AtomicBoolean();

    EventWorker(Parts parts, EventsSettings settings, Function<EventHandler, QueueConsumer> consumer) {
        this.parts = parts;
        this.consumers = parts.handlers().stream().collect(Collectors.toMap(EventHandler::queue, consumer));
        this.relay = new WakefulTask("The relay", settings.poll(), Mono.defer(parts.relay()::move));
        this.rounds = List.of(
                new WakefulTask(
                        "The sign of life", settings.lease().dividedBy(BEATS_PER_LEASE), Mono.defer(this::beat)),
                new WakefulTask("Measuring the queues", MEASURE, Mono.defer(parts.watch()::look)),
                new WakefulTask("Sweeping", SWEEP, Mono.defer(this::sweep)));
        this.notifications = parts.notifications().apply(this::told);
    }

    @Override
    public void start() {
        if (isRunning.compareAndSet(false, true)) {
            parts.store()
                    .beat()
                    .then(Mono.defer(parts.subscriptions()::renew))
                    .doOnError(away -> LOG.warn(
                            "Events are handled once the database answers: {}",
                            away.getClass().getName()))
                    .retryWhen(UNTIL_IT_WORKS)
                    .subscribe(nothing -> {}, fault -> LOG.error("Events are not handled", fault), this::begin);
        }
    }

    /** Lets what is in hand finish and gives the rest back. */
    @Override
    public void stop(Runnable callback) {
        if (!isRunning.compareAndSet(true, false)) {
            callback.run();
            return;
        }
        parts.wakes().relayIs(null);
        notifications.stop();
        Flux.fromIterable(consumers.values())
                .flatMap(QueueConsumer::stop)
                .thenMany(Flux.fromIterable(rounds).concatWithValues(relay).flatMap(WakefulTask::stop))
                .then()
                .timeout(GRACE)
                .onErrorResume(EventWorker::tooLong)
                .then(Mono.defer(parts.broker()::stop))
                .then(Mono.defer(parts.store()::leave))
                .timeout(GRACE.plus(LEAVE))
                .onErrorComplete()
                .doFinally(end -> parts.threads().dispose())
                .subscribe(nothing -> {}, fault -> callback.run(), callback);
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return isRunning.get();
    }

    /** Starts before the web server and stops after it. */
    @Override
    public int getPhase() {
        return 0;
    }

    private static Mono<Void> tooLong(Throwable error) {
        LOG.warn(
                "Other workers do again what did not end in time: {}",
                error.getClass().getName());
        return Mono.empty();
    }

    private void begin() {
        if (isRunning.get()) {
            parts.broker().start();
            rounds.forEach(WakefulTask::start);
            relay.start();
            consumers.values().forEach(QueueConsumer::start);
            parts.wakes().relayIs(relay::wake);
            notifications.start();
        }
    }

    private void told(String payload) {
        if (payload.isEmpty()) {
            relay.wake();
        } else {
            QueueConsumer consumer = consumers.get(payload);
            if (consumer != null) {
                consumer.wake();
            }
        }
    }

    private Mono<Boolean> beat() {
        return parts.store().beat().map(freed -> {
            if (freed > 0) {
                LOG.info("Took {} events over from a worker that is gone", freed);
                consumers.values().forEach(QueueConsumer::wake);
            }
            return false;
        });
    }

    private Mono<Boolean> sweep() {
        Mono<Boolean> swept = Flux.fromIterable(parts.sweepers())
                .concatMap(EventWorker::swept)
                .any(count -> count >= SWEPT_AT_ONCE);
        return parts.subscriptions().renew().flatMap(isMoreParked -> swept.map(isMore -> isMore || isMoreParked));
    }

    /** One that fails holds up none of the others. */
    private static Mono<Long> swept(Sweeper sweeper) {
        return sweeper.sweep(SWEPT_AT_ONCE).onErrorResume(fault -> {
            LOG.warn(
                    "Old rows are not deleted, which is tried again: {}",
                    fault.getClass().getName());
            return Mono.just(0L);
        });
    }

    /** What it is made of. */
    record Parts(
            List<EventHandler> handlers,
            QueueStore store,
            Subscriptions subscriptions,
            Relay relay,
            Wakes wakes,
            Function<java.util.function.Consumer<String>, Notifications> notifications,
            Broker broker,
            QueueWatch watch,
            List<Sweeper> sweepers,
            Scheduler threads) {}
}
