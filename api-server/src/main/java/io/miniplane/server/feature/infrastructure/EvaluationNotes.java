package io.miniplane.server.feature.infrastructure;

import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.Hook;
import dev.openfeature.sdk.HookContext;
import dev.openfeature.sdk.Telemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Notes every evaluation on the span of the work that asks, by OpenTelemetry's conventions for feature flags, and counts it; the user is in neither. */
final class EvaluationNotes implements Hook<Object> {

    /** The hint that holds the {@link Span}. */
    static final String SPAN = "span";

    private static final AttributeKey<String> KEY = AttributeKey.stringKey(Telemetry.TELEMETRY_KEY);
    private static final AttributeKey<String> PROVIDER = AttributeKey.stringKey(Telemetry.TELEMETRY_PROVIDER);
    private static final AttributeKey<String> VARIANT = AttributeKey.stringKey(Telemetry.TELEMETRY_VARIANT);
    private static final AttributeKey<String> REASON = AttributeKey.stringKey(Telemetry.TELEMETRY_REASON);
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey(Telemetry.TELEMETRY_ERROR_CODE);

    private final FlagFile file;
    private final FlagMeters meters;

    EvaluationNotes(FlagFile file, FlagMeters meters) {
        this.file = file;
        this.meters = meters;
    }

    @Override
    public void finallyAfter(
            HookContext<Object> context, FlagEvaluationDetails<Object> details, Map<String, Object> hints) {
        String variant = Objects.requireNonNullElse(details.getVariant(), FlagMeters.UNDECIDED);
        meters.evaluated(context.getFlagKey(), variant, file.current());
        if (hints.get(SPAN) instanceof Span span && span.isRecording()) {
            span.addEvent(Telemetry.FLAG_EVALUATION_EVENT_NAME, attributes(context, details));
        }
    }

    private static Attributes attributes(HookContext<Object> context, FlagEvaluationDetails<Object> details) {
        AttributesBuilder attributes = Attributes.builder()
                .put(KEY, context.getFlagKey())
                .put(PROVIDER, context.getProviderMetadata().getName())
                .put(REASON, lower(Objects.requireNonNullElse(details.getReason(), "unknown")));
        if (details.getVariant() != null) {
            attributes.put(VARIANT, details.getVariant());
        }
        if (details.getErrorCode() != null) {
            attributes.put(ERROR, lower(details.getErrorCode().name()));
        }
        return attributes.build();
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
