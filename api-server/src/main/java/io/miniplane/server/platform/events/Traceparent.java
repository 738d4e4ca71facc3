package io.miniplane.server.platform.events;

import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.miniplane.server.platform.RequestTrace;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/** The trace of a piece of work as W3C Trace Context writes it. */
public final class Traceparent {

    /** The name of the header. */
    static final String HEADER = "traceparent";

    private static final int LENGTH = 55;

    private Traceparent() {}

    /** The {@code traceparent} of the work that has this Reactor context, or null outside any trace. */
    public static @Nullable String of(ContextView context) {
        Observation observation = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        Span span = observation == null ? null : span(observation);
        return span == null ? null : text(span.context());
    }

    /** The ids for the log lines of an event's handler: those of the span of the attempt, and its own as that of the request. */
    static RequestTrace trace(Observation attempt, DomainEvent event) {
        Span span = span(attempt);
        String parent = event.traceparent();
        String id = event.id().toString();
        if (span != null) {
            return new RequestTrace(span.context().traceId(), span.context().spanId(), id);
        }
        return parent == null || parent.length() != LENGTH
                ? new RequestTrace(random() + random(), random(), id)
                : new RequestTrace(parent.substring(3, 35), parent.substring(36, 52), id);
    }

    /** Whether spans of this trace are sent to a collector. */
    static boolean isRecorded(String traceparent) {
        return traceparent.length() == LENGTH && traceparent.endsWith("01");
    }

    private static @Nullable Span span(Observation observation) {
        TracingContext tracing = observation.getContextView().<TracingContext>get(TracingContext.class);
        return tracing == null ? null : tracing.getSpan();
    }

    static String text(TraceContext span) {
        String sampled = Boolean.TRUE.equals(span.sampled()) ? "01" : "00";
        return "00-" + span.traceId() + "-" + span.spanId() + "-" + sampled;
    }

    private static String random() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
