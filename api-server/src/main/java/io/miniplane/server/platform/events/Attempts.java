package io.miniplane.server.platform.events;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.miniplane.server.platform.RequestTrace;
import io.miniplane.server.platform.events.EventMeters.Outcome;
import io.miniplane.server.platform.tracing.CauseChain;
import io.miniplane.server.platform.tracing.RecentFailures;
import io.miniplane.server.platform.tracing.SpanDetails;
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
    private static final Logger LINES = LogManager.getLogger("io.miniplane.event");

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
            long since = System.nanoTime();
            RequestTrace trace = Traceparent.trace(observation, event);
            return outcome.onErrorResume(error -> {
                        SpanDetails.fail(observation.getContextView(), error);
                        String what = "event " + event.type() + " of queue " + handler.queue();
                        means.recent().note(what, trace.traceId(), CauseChain.of(error));
                        return failed.apply(error);
                    })
                    .doOnNext(end -> {
                        observation
                                .lowCardinalityKeyValue("outcome", end.label())
                                .stop();
                        trace.log(() -> LINES.info(line(event, end, since)));
                    })
                    .contextWrite(trace::in)
                    .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, observation));
        });
    }

    private Mono<Outcome> failed(ClaimedEvent claim, Throwable error) {
        String note = HopelessEventException.note(error);
        int most = HopelessEventException.attempts(error, settings.attempts());
        return means.store()
                .fail(claim, note, backoff.after(claim.attempt()), most)
                .retryWhen(UNTIL_IT_WORKS)
                .flatMap(dead -> ended(claim.event(), claim.attempt(), dead, note));
    }

    private Mono<Outcome> failed(Delivery delivery, Throwable error) {
        String note = HopelessEventException.note(error);
        int most = HopelessEventException.attempts(error, settings.attempts());
        return means.deliveries()
                .putAside(handler.queue(), delivery, note, backoff.after(1), most)
                .retryWhen(UNTIL_IT_WORKS)
                .flatMap(dead -> ended(delivery.event(), 1, dead, note));
    }

    private Mono<Outcome> ended(DomainEvent event, int attempt, boolean isDead, String note) {
        Outcome outcome = isDead ? Outcome.DEAD : Outcome.FAILED;
        return Mono.deferContextual(context -> {
            RequestTrace.log(context, () -> log(event, attempt, outcome, note));
            return Mono.just(outcome);
        });
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

    private EventLine line(DomainEvent event, Outcome outcome, long since) {
        double millis = Math.round((System.nanoTime() - since) / 1000.0) / 1000.0;
        return new EventLine(handler.queue(), event.type(), outcome.label(), millis);
    }

    private Observation observation(DomainEvent event) {
        return Observation.createNotStarted(EventMeters.ATTEMPT, () -> carrier(event), means.observations())
                .contextualName("process " + handler.queue())
                .lowCardinalityKeyValue("queue", handler.queue())
                .highCardinalityKeyValues(KeyValues.of(
                        "messaging.system", means.system(),
                        "messaging.operation.type", "process",
                        "messaging.operation.name", "process",
                        "messaging.destination.name", handler.queue(),
                        "messaging.message.id", event.id().toString(),
                        "cloudevents.event_id", event.id().toString(),
                        "cloudevents.event_type", event.type()));
    }

    private static ReceiverContext<DomainEvent> carrier(DomainEvent event) {
        ReceiverContext<DomainEvent> context = new ReceiverContext<>(
                (carrier, key) -> key.equals(Traceparent.HEADER) ? carrier.traceparent() : null, Kind.CONSUMER);
        context.setCarrier(event);
        return context;
    }

    /**
     * What every handler's attempts work with.
     *
     * @param store the queues
     * @param deliveries what becomes of what a broker delivers
     * @param outbox where the data of events is
     * @param transactions in which effects and notes are made
     * @param observations times and traces
     * @param threads where handlers run
     * @param system how spans name the carrier
     * @param recent where failures are kept for people
     */
    record Means(
            QueueStore store,
            DeliveryStore deliveries,
            PostgresOutbox outbox,
            TransactionalOperator transactions,
            ObservationRegistry observations,
            Scheduler threads,
            String system,
            RecentFailures recent) {}
}
