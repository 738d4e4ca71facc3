package io.miniplane.server.platform.events;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.miniplane.server.platform.events.EventMeters.Outcome;
import java.time.Duration;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/** Attempts of one handler: it runs, its effect is noted, and what failed is put aside until later. They end in an outcome, never in an error. */
final class Attempts {

    private static final Logger LOG = LogManager.getLogger(Attempts.class);

    /** How often putting an event back is tried while the database is away. */
    private static final Retry UNTIL_IT_WORKS =
            Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(5));

    private final EventHandler handler;
    private final Means means;
    private final EventsSettings settings;
    private final Backoff backoff;

    Attempts(EventHandler handler, Means means, EventsSettings settings, Backoff backoff) {
        this.handler = handler;
        this.means = means;
        this.settings = settings;
        this.backoff = backoff;
    }

    /** An event that was claimed from the queue in the database. */
    Mono<Outcome> claimed(ClaimedEvent claim) {
        Mono<Outcome> outcome = isInDatabase()
                ? means.transactions()
                        .transactional(means.store().note(claim).flatMap(fresh -> fresh ? run(claim) : repeated()))
                : claim.isNoted() ? means.store().note(claim).then(repeated()) : runThenNote(claim);
        return observed(claim.event(), outcome, error -> failed(claim, error));
    }

    /** An event that a broker delivered: it may be acknowledged afterwards, whatever the outcome. */
    Mono<Outcome> delivered(Delivery delivery) {
        Mono<Outcome> outcome = isInDatabase()
                ? means.transactions().transactional(Mono.defer(() -> admitted(delivery, true, this::run)))
                : admitted(delivery, false, this::runThenNote);
        return observed(delivery.event(), outcome, error -> failed(delivery, error));
    }

    private boolean isInDatabase() {
        return handler.effect() == EventHandler.Effect.DATABASE;
    }

    private Mono<Outcome> admitted(Delivery delivery, boolean note, Function<ClaimedEvent, Mono<Outcome>> handle) {
        if (!handler.types().contains(delivery.event().type())) {
            return means.deliveries()
                    .leave(handler.queue(), delivery)
                    .map(left -> left ? Outcome.WAITING : Outcome.REPEATED);
        }
        return means.deliveries()
                .admit(handler.queue(), delivery, note)
                .flatMap(admission -> admission.turn() == DeliveryStore.Turn.WAITS
                        ? Mono.just(Outcome.WAITING)
                        : handle.apply(admission.event()))
                .defaultIfEmpty(Outcome.REPEATED);
    }

    private Mono<Outcome> runThenNote(ClaimedEvent claim) {
        return run(claim).flatMap(done -> means.store().note(claim).thenReturn(done));
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

    private Mono<Outcome> observed(
            DomainEvent event, Mono<Outcome> outcome, Function<Throwable, Mono<Outcome>> failed) {
        return Mono.defer(() -> {
            Observation observation = observation(event).start();
            return outcome.onErrorResume(failed)
                    .doOnNext(end -> observation
                            .lowCardinalityKeyValue("outcome", end.label())
                            .stop())
                    .contextWrite(context -> Traceparent.trace(event).in(context))
                    .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, observation));
        });
    }

    private Mono<Outcome> failed(ClaimedEvent claim, Throwable error) {
        String note = HopelessEventException.note(error);
        int most = HopelessEventException.attempts(error, settings.attempts());
        return means.store()
                .fail(claim, note, backoff.after(claim.attempt()), most)
                .retryWhen(UNTIL_IT_WORKS)
                .map(dead -> ended(claim.event(), claim.attempt(), dead, note));
    }

    private Mono<Outcome> failed(Delivery delivery, Throwable error) {
        String note = HopelessEventException.note(error);
        int most = HopelessEventException.attempts(error, settings.attempts());
        return means.deliveries()
                .putAside(handler.queue(), delivery, note, backoff.after(1), most)
                .retryWhen(UNTIL_IT_WORKS)
                .map(dead -> ended(delivery.event(), 1, dead, note));
    }

    private Outcome ended(DomainEvent event, int attempt, boolean isDead, String note) {
        Outcome outcome = isDead ? Outcome.DEAD : Outcome.FAILED;
        Traceparent.trace(event).log(() -> log(event, attempt, outcome, note));
        return outcome;
    }

    /** The class of the error, and its message only where that says nothing of what the event is about. */
    private void log(DomainEvent event, int attempt, Outcome outcome, String note) {
        if (outcome == Outcome.DEAD) {
            LOG.error(
                    "Event {} of queue {} failed {} times and is dead: {}", event.id(), handler.queue(), attempt, note);
        } else {
            LOG.warn("Event {} of queue {} failed and is tried again: {}", event.id(), handler.queue(), note);
        }
    }

    private Observation observation(DomainEvent event) {
        return Observation.createNotStarted(EventMeters.ATTEMPT, () -> carrier(event), means.observations())
                .contextualName("event " + event.type())
                .lowCardinalityKeyValue("queue", handler.queue())
                .highCardinalityKeyValue("event", event.id().toString());
    }

    private static ReceiverContext<DomainEvent> carrier(DomainEvent event) {
        ReceiverContext<DomainEvent> context = new ReceiverContext<>(
                (carrier, key) -> key.equals("traceparent") ? carrier.traceparent() : null, Kind.CONSUMER);
        context.setCarrier(event);
        return context;
    }

    /** What every handler's attempts work with. */
    record Means(
            QueueStore store,
            DeliveryStore deliveries,
            PostgresOutbox outbox,
            TransactionalOperator transactions,
            ObservationRegistry observations,
            Scheduler threads) {}
}
