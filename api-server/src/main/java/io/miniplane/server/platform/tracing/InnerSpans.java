package io.miniplane.server.platform.tracing;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;

/** The spans of what neither comes in nor goes out. */
final class InnerSpans extends DefaultTracingObservationHandler {

    InnerSpans(Tracer tracer) {
        super(tracer);
    }

    @Override
    public void tagSpan(Observation.Context context, Span span) {
        SpanDetails.describe(context, span);
    }

    @Override
    public void onError(Observation.Context context) {
        Throwable error = context.getError();
        if (error != null) {
            SpanDetails.fail(getRequiredSpan(context), error);
        }
    }
}
