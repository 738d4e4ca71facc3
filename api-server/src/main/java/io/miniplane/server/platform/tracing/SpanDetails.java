package io.miniplane.server.platform.tracing;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Set;

/**
 * What our spans say, in the names of OpenTelemetry's semantic conventions. The high-cardinality values of an observation are the attributes of its
 * span; the others are labels of meters, whose names are of another kind.
 */
public final class SpanDetails {

    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> EXCEPTION_TYPE = AttributeKey.stringKey("exception.type");
    private static final AttributeKey<String> EXCEPTION_STACK_TRACE = AttributeKey.stringKey("exception.stacktrace");
    private static final Set<String> NUMBERS = Set.of("http.response.status_code", "server.port");

    private SpanDetails() {}

    /** Marks the span of an observation as failed, if it has one. */
    public static void fail(Observation.ContextView observation, Throwable error) {
        TracingContext tracing = observation.get(TracingContext.class);
        Span span = tracing == null ? null : tracing.getSpan();
        if (span != null) {
            fail(span, error);
        }
    }

    /** Marks a span as failed: with the chain of causes, and without a word that they say. */
    public static void fail(Span span, Throwable error) {
        CauseChain causes = CauseChain.of(error);
        String type = causes.names().getFirst();
        OtelSpan.toOtel(span)
                .setStatus(StatusCode.ERROR, causes.toString())
                .setAttribute(ERROR_TYPE, type)
                .addEvent("exception", Attributes.of(EXCEPTION_TYPE, type, EXCEPTION_STACK_TRACE, causes.stackTrace()));
    }

    static void describe(Observation.ContextView observation, Span span) {
        for (KeyValue attribute : observation.getHighCardinalityKeyValues()) {
            if (NUMBERS.contains(attribute.getKey())) {
                span.tag(attribute.getKey(), Long.parseLong(attribute.getValue()));
            } else {
                span.tag(attribute.getKey(), attribute.getValue());
            }
        }
    }
}
