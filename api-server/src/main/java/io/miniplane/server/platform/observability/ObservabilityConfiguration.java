package io.miniplane.server.platform.observability;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import io.miniplane.server.platform.AppSettings;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import java.time.Duration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

@Configuration(proxyBeanMethods = false)
class ObservabilityConfiguration {

    /** Names the mini-program in every series, so that one Prometheus can tell backends apart however it finds them. */
    @Bean
    MeterRegistryCustomizer<MeterRegistry> appId(AppSettings app) {
        return registry -> registry.config().commonTags("app_id", app.appId());
    }

    /** The histogram of requests has the labels of their counter; which error lay beneath is in the log. */
    @Bean
    MeterFilter requestLabels() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().equals(RequestConvention.NAME)
                        ? id.replaceTags(id.getTags().stream()
                                .filter(tag -> !tag.getKey().equals("error"))
                                .toList())
                        : id;
            }
        };
    }

    /** Lines that are logged within a span carry its ids under the names that our log uses. */
    @Bean
    Slf4JEventListener spanIdsOfLogLines() {
        return new Slf4JEventListener("trace_id", "span_id");
    }

    @Bean
    @Conditional(CollectorIsNamed.class)
    OtlpHttpSpanExporter spanExporter(ObservabilitySettings settings) {
        return OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.tracesAddress())
                .setTimeout(Duration.ofSeconds(10))
                .build();
    }

    private static final class CollectorIsNamed implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty("miniplane.observability.otlp-endpoint"));
        }
    }
}
