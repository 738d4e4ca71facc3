package io.miniplane.server.platform.events;

import io.miniplane.server.platform.events.EventMeters.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Takes events of one queue, some ahead, and hands them to their handler, a few at a time: those that the broker delivers, and those that are kept in
 * the database. Nothing that a client does can cancel it.
 */
final class QueueConsumer {

    private static final int AHEAD = 4;

    /** Whoever handles what an event waits for may be another replica, which tells nobody. */
    private static final Duration GLANCE = Duration.ofMillis(50);

    private static final int GLANCES = 20;

    private final String queue;
    private final Set<String> types;
    private final Source source;
    private final Attempts attempts;
    private final int concurrency;
    private final int capacity;
    private final WakefulTask claiming;
    private final Set<Long> held = ConcurrentHashMap.newKeySet();
    private final Map<Long, Sinks.Empty<Void>> inHand = new ConcurrentHashMap<>();
    private final Duration lease;
    private final AtomicBoolean isGlancing = new AtomicBoolean();
    private final Sinks.Many<ClaimedEvent> claimed = Sinks.many().unicast().onBackpressureBuffer();
    private final Sinks.Empty<Void> stopping = Sinks.empty();
    private final Sinks.Empty<Void> finished = Sinks.empty();
    private volatile boolean isStopping;
    private volatile Instant releasedAt = Instant.now();
    private volatile @Nullable Disposable handling;

    QueueConsumer(EventHandler handler, Source source, Attempts attempts, EventsSettings settings) {
        this.queue = handler.queue();
        this.types = handler.types();
        this.source = source;
        this.attempts = attempts;
        this.concurrency = settings.concurrency();
        this.lease = settings.lease();
        this.capacity = concurrency * AHEAD;
        this.claiming = new WakefulTask("Claiming from queue " + queue, settings.poll(), Mono.defer(this::claim));
    }

    void start() {
        Flux<Mono<Void>> kept = claimed.asFlux().map(this::handle);
        Flux<Mono<Void>> delivered = source.broker()
                .consume(queue, types, capacity)
                .takeUntilOther(stopping.asMono())
                .map(this::handle);
        handling = Flux.merge(kept, delivered)
                .flatMap(work -> work, concurrency, concurrency)
                .doFinally(end -> finished.tryEmitEmpty())
                .subscribe();
        claiming.start();
    }

    void wake() {
        claiming.wake();
    }

    /** Takes no more and completes when what was begun is finished; the broker is still told of that. */
    Mono<Void> stop() {
        isStopping = true;
        stopping.tryEmitEmpty();
        return claiming.stop()
                .then(Mono.fromRunnable(() -> claimed.tryEmitComplete()))
                .then(Mono.defer(() -> handling == null ? Mono.<Void>empty() : finished.asMono()))
                .doFinally(end -> dispose());
    }

    private void dispose() {
        Disposable running = handling;
        if (running != null) {
            running.dispose();
        }
    }

    /** The queue is looked at again as soon as half of what was taken is done, so this never asks for more at once. */
    private Mono<Boolean> claim() {
        int free = capacity - held.size();
        return free < capacity / 2
                ? Mono.just(false)
                : release()
                        .thenMany(Flux.defer(() -> source.store().claim(queue, types, free)))
                        .doOnNext(this::take)
                        .then(Mono.just(false));
    }

    /** While this worker lives nobody else gives back what was claimed for it when the connection broke. */
    private Mono<Long> release() {
        Instant now = Instant.now();
        if (now.isBefore(releasedAt.plus(lease))) {
            return Mono.just(0L);
        }
        releasedAt = now;
        return source.store().release(queue, held);
    }

    private void take(ClaimedEvent event) {
        held.add(event.position());
        claimed.emitNext(event, Sinks.EmitFailureHandler.FAIL_FAST);
    }

    private Mono<Void> handle(ClaimedEvent event) {
        return Mono.defer(() -> isStopping ? Mono.empty() : attempts.claimed(event))
                .onErrorComplete()
                .then()
                .doFinally(end -> handed(event));
    }

    private void handed(ClaimedEvent event) {
        held.remove(event.position());
        claiming.wake();
    }

    private Mono<Void> handle(Delivery delivery) {
        return Mono.defer(() -> once(delivery))
                .doOnNext(outcome -> done(delivery, outcome))
                .onErrorComplete()
                .then();
    }

    /** A broker may deliver an event again while it is being handled and nothing is noted of it yet: the second one waits for the first. */
    private Mono<Outcome> once(Delivery delivery) {
        if (isStopping) {
            return Mono.empty();
        }
        Sinks.Empty<Void> end = Sinks.empty();
        Sinks.Empty<Void> first = inHand.putIfAbsent(delivery.position(), end);
        return first == null
                ? attempts.delivered(delivery).doFinally(ended -> release(delivery, end))
                : first.asMono().then(Mono.defer(() -> once(delivery)));
    }

    private void release(Delivery delivery, Sinks.Empty<Void> end) {
        inHand.remove(delivery.position());
        end.tryEmitEmpty();
    }

    private void done(Delivery delivery, Outcome outcome) {
        delivery.acknowledge();
        if (outcome == Outcome.WAITING && isGlancing.compareAndSet(false, true)) {
            Flux.interval(GLANCE)
                    .take(GLANCES)
                    .takeUntilOther(stopping.asMono())
                    .doFinally(end -> isGlancing.set(false))
                    .subscribe(glance -> claiming.wake());
        }
    }

    /** Where events come from: the database and the broker. */
    record Source(QueueStore store, Broker broker) {}
}
