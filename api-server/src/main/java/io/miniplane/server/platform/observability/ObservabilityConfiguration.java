package io.miniplane.server.platform.observability;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import io.miniplane.server.platform.AppSettings;
import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
}
