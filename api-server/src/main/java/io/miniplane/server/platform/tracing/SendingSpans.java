package io.miniplane.server.platform.tracing;

import io.micrometer.observation.transport.SenderContext;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;

/** The spans of what goes out: calls of WeChat and of others, statements, events that are handed to a broker. */
final class SendingSpans extends PropagatingSenderTracingObservationHandler<SenderContext<?>> {

    SendingSpans(Tracer tracer, Propagator propagator) {
        super(tracer, propagator);
    }

    @Override
    public void tagSpan(SenderContext<?> context, Span span) {
        SpanDetails.describe(context, span);
    }

    @Override
    public void onError(SenderContext<?> context) {
        Throwable error = context.getError();
        if (error != null) {
            SpanDetails.fail(getRequiredSpan(context), error);
        }
    }
}
