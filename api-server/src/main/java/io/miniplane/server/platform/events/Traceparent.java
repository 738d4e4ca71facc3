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

    private static final int LENGTH = 55;

    private Traceparent() {}

    /** The {@code traceparent} of the work that has this Reactor context, or null outside any trace. */
    public static @Nullable String of(ContextView context) {
        Observation observation = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        TracingContext tracing =
                observation == null ? null : observation.getContextView().<TracingContext>get(TracingContext.class);
        Span span = tracing == null ? null : tracing.getSpan();
        return span == null ? null : text(span.context());
    }

    /** The ids for the log lines of an event's handler: those of its trace, and its own as that of the request. */
    static RequestTrace trace(DomainEvent event) {
        String parent = event.traceparent();
        String id = event.id().toString();
        return parent == null || parent.length() != LENGTH
                ? new RequestTrace(random() + random(), random(), id)
                : new RequestTrace(parent.substring(3, 35), parent.substring(36, 52), id);
    }

    private static String text(TraceContext span) {
        String sampled = Boolean.TRUE.equals(span.sampled()) ? "01" : "00";
        return "00-" + span.traceId() + "-" + span.spanId() + "-" + sampled;
    }

    private static String random() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
