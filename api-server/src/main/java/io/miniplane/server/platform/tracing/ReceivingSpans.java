package io.miniplane.server.platform.tracing;

import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.api.trace.StatusCode;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/** The spans of requests that come in and of events that are handled. */
final class ReceivingSpans extends PropagatingReceiverTracingObservationHandler<ReceiverContext<?>> {

    ReceivingSpans(Tracer tracer, Propagator propagator) {
        super(tracer, propagator);
    }

    @Override
    public void tagSpan(ReceiverContext<?> context, Span span) {
        SpanDetails.describe(context, span);
    }

    /** A request is judged by its answer: one that was refused with good reason is no failure of ours. */
    @Override
    public void onError(ReceiverContext<?> context) {
        Throwable error = context.getError();
        if (error != null && !(context instanceof ServerRequestObservationContext)) {
            SpanDetails.fail(getRequiredSpan(context), error);
        }
    }

    @Override
    public void customizeReceiverSpan(ReceiverContext<?> context, Span span) {
        if (context instanceof ServerRequestObservationContext request && failed(request)) {
            Throwable error = context.getError();
            if (error == null) {
                OtelSpan.toOtel(span).setStatus(StatusCode.ERROR);
            } else {
                SpanDetails.fail(span, error);
            }
        }
    }

    private static boolean failed(ServerRequestObservationContext request) {
        HttpStatusCode status =
                request.getResponse() == null ? null : request.getResponse().getStatusCode();
        return status != null && status.is5xxServerError();
    }
}
