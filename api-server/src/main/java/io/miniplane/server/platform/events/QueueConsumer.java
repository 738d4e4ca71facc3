package io.miniplane.server.platform.events;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.miniplane.server.platform.events.EventMeters.Outcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/** Takes events of one queue, some ahead, and hands them to their handler, a few at a time. Nothing that a client does can cancel it. */
final class QueueConsumer {

    private static final Logger LOG = LogManager.getLogger(QueueConsumer.class);
    private static final int AHEAD = 4;

    /** How often putting an event back is tried while the database is away. */
    private static final Retry UNTIL_IT_WORKS =
            Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(5));

    private final EventHandler handler;
    private final Means means;
    private final EventsSettings settings;
    private final Backoff backoff;
    private final int capacity;
    private final WakefulTask claiming;
    private final AtomicInteger inHand = new AtomicInteger();
    private final Sinks.Many<ClaimedEvent> claimed = Sinks.many().unicast().onBackpressureBuffer();
    private final Sinks.Empty<Void> finished = Sinks.empty();
    private volatile boolean isStopping;
    private volatile @Nullable Disposable handling;

    QueueConsumer(EventHandler handler, Means means, EventsSettings settings, Backoff backoff) {
        this.handler = handler;
        this.means = means;
        this.settings = settings;
        this.backoff = backoff;
        this.capacity = settings.concurrency() * AHEAD;
        this.claiming =
                new WakefulTask("Claiming from queue " + handler.queue(), settings.poll(), Mono.defer(this::claim));
    }

    void start() {
        handling = claimed.asFlux()
                .flatMap(this::handleOrLeave, settings.concurrency())
                .subscribe();
        claiming.start();
    }

    void wake() {
        claiming.wake();
    }

    /** Takes no more and completes when what was begun is finished. */
    Mono<Void> stop() {
        isStopping = true;
        return claiming.stop()
                .then(Mono.fromRunnable(() -> claimed.tryEmitComplete()))
                .then(Mono.defer(() -> inHand.get() == 0 ? Mono.empty() : finished.asMono()))
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
        int free = capacity - inHand.get();
        return free < capacity / 2
                ? Mono.just(false)
                : means.store()
                        .claim(handler.queue(), free)
                        .doOnNext(this::take)
                        .then(Mono.just(false));
    }

    private void take(ClaimedEvent event) {
        inHand.incrementAndGet();
        claimed.emitNext(event, Sinks.EmitFailureHandler.FAIL_FAST);
    }

    private Mono<Void> handleOrLeave(ClaimedEvent event) {
        return Mono.defer(() -> isStopping ? Mono.empty() : attempt(event))
                .onErrorComplete()
                .doFinally(end -> handed());
    }

    private void handed() {
        int left = inHand.decrementAndGet();
        if (!isStopping) {
            claiming.wake();
        } else if (left == 0) {
            finished.tryEmitEmpty();
        }
    }

    private Mono<Void> attempt(ClaimedEvent claim) {
        return Mono.defer(() -> {
            Observation observation = observation(claim).start();
            return outcome(claim)
                    .onErrorResume(error -> failed(claim, error))
                    .doOnNext(outcome -> observation
                            .lowCardinalityKeyValue("outcome", outcome.label())
                            .stop())
                    .contextWrite(context -> Traceparent.trace(claim.event()).in(context))
                    .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, observation))
                    .then();
        });
    }

    private Mono<Outcome> outcome(ClaimedEvent claim) {
        if (handler.effect() == EventHandler.Effect.DATABASE) {
            return means.transactions()
                    .transactional(means.store().note(claim).flatMap(fresh -> fresh ? run(claim) : repeated()));
        }
        return claim.isNoted()
                ? means.store().note(claim).then(repeated())
                : run(claim).flatMap(done -> means.store().note(claim).thenReturn(done));
    }

    /** On a thread of the handlers' own: one that blocks against the rules holds up no event loop. */
    private Mono<Outcome> run(ClaimedEvent claim) {
        return Mono.defer(() -> handler.handle(means.outbox().opened(claim)))
                .subscribeOn(means.threads())
                .timeout(settings.handlerTimeout())
                .thenReturn(Outcome.DONE);
    }

    private static Mono<Outcome> repeated() {
        return Mono.just(Outcome.REPEATED);
    }

    private Mono<Outcome> failed(ClaimedEvent claim, Throwable error) {
        String errorClass = HopelessEventException.note(error);
        return means.store()
                .fail(
                        claim,
                        errorClass,
                        backoff.after(claim.attempt()),
                        HopelessEventException.attempts(error, settings.attempts()))
                .retryWhen(UNTIL_IT_WORKS)
                .map(dead -> dead ? Outcome.DEAD : Outcome.FAILED)
                .doOnNext(outcome -> Traceparent.trace(claim.event()).log(() -> log(claim, outcome, errorClass)));
    }

    /** The class of the error, and its message only where that says nothing of what the event is about. */
    private static void log(ClaimedEvent claim, Outcome outcome, String errorClass) {
        if (outcome == Outcome.DEAD) {
            LOG.error(
                    "Event {} of queue {} failed {} times and is dead: {}",
                    claim.id(),
                    claim.queue(),
                    claim.attempt(),
                    errorClass);
        } else {
            LOG.warn("Event {} of queue {} failed and is tried again: {}", claim.id(), claim.queue(), errorClass);
        }
    }

    private Observation observation(ClaimedEvent claim) {
        return Observation.createNotStarted(EventMeters.ATTEMPT, () -> carrier(claim.event()), means.observations())
                .contextualName("event " + claim.event().type())
                .lowCardinalityKeyValue("queue", claim.queue())
                .highCardinalityKeyValue("event", claim.id().toString());
    }

    private static ReceiverContext<DomainEvent> carrier(DomainEvent event) {
        ReceiverContext<DomainEvent> context = new ReceiverContext<>(
                (carrier, key) -> key.equals("traceparent") ? carrier.traceparent() : null, Kind.CONSUMER);
        context.setCarrier(event);
        return context;
    }

    /** What every consumer works with. */
    record Means(
            QueueStore store,
            PostgresOutbox outbox,
            TransactionalOperator transactions,
            ObservationRegistry observations,
            Scheduler threads) {}
}
