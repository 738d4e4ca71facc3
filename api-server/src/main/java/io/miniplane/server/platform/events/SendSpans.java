package io.miniplane.server.platform.events;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.propagation.Propagator;
import io.miniplane.server.platform.tracing.SpanDetails;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The spans of events that are handed to their carrier. Each belongs to the trace in which its event was written, where that trace is recorded. */
final class SendSpans {

    private final Propagator propagator;
    private final Broker broker;

    SendSpans(Propagator propagator, Broker broker) {
        this.propagator = propagator;
        this.broker = broker;
    }

    /** Begins to hand events over; what they carry is their own spans. */
    Sending begin(List<OutgoingEvent> events) {
        return new Sending(events.stream().map(this::begin).toList());
    }

    /** Tells of an event that was moved just now. */
    void moved(Moved event, Instant since) {
        span(event.type(), event.id(), event.traceparent())
                .startTimestamp(TimeUnit.MILLISECONDS.toMicros(since.toEpochMilli()), TimeUnit.MICROSECONDS)
                .start()
                .end();
    }

    private Begun begin(OutgoingEvent outgoing) {
        DomainEvent event = outgoing.event();
        String parent = event.traceparent();
        if (parent == null || !Traceparent.isRecorded(parent)) {
            return new Begun(outgoing, null);
        }
        Span span = span(event.type(), event.id().toString(), parent).start();
        DomainEvent within = event.within(Traceparent.text(span.context()));
        return new Begun(new OutgoingEvent(outgoing.position(), within, outgoing.body(), outgoing.queues()), span);
    }

    private Span.Builder span(String type, String id, String parent) {
        return propagator
                .extract(parent, (carrier, key) -> key.equals(Traceparent.HEADER) ? carrier : null)
                .kind(Span.Kind.PRODUCER)
                .name("send " + type)
                .tag("messaging.system", broker.system())
                .tag("messaging.operation.type", "send")
                .tag("messaging.operation.name", "send")
                .tag("messaging.destination.name", broker.destination(type))
                .tag("messaging.message.id", id)
                .tag("cloudevents.event_id", id)
                .tag("cloudevents.event_type", type);
    }

    /**
     * An event that PostgreSQL moved to its queues.
     *
     * @param type what happened
     * @param id of the event
     * @param traceparent the trace in which it happened
     */
    record Moved(String type, String id, String traceparent) {}

    private record Begun(OutgoingEvent event, @Nullable Span span) {}

    /** Events that are being handed over. */
    static final class Sending {

        private final List<Begun> begun;

        private Sending(List<Begun> begun) {
            this.begun = begun;
        }

        List<OutgoingEvent> events() {
            return begun.stream().map(Begun::event).toList();
        }

        void sent() {
            begun.stream().map(Begun::span).forEach(Sending::end);
        }

        void failed(Throwable error) {
            for (Begun event : begun) {
                Span span = event.span();
                if (span != null) {
                    SpanDetails.fail(span, error);
                    span.end();
                }
            }
        }

        private static void end(@Nullable Span span) {
            if (span != null) {
                span.end();
            }
        }
    }
}
