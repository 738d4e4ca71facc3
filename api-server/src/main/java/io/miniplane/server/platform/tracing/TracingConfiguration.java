package io.miniplane.server.platform.tracing;

import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.r2dbc.proxy.ProxyConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import java.util.Objects;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.r2dbc.ConnectionFactoryDecorator;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Puts tracing together; what costs something for each statement only where a collector is named. */
@Configuration(proxyBeanMethods = false)
class TracingConfiguration {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Bean
    @Order(MicrometerTracingAutoConfiguration.RECEIVER_TRACING_OBSERVATION_HANDLER_ORDER)
    PropagatingReceiverTracingObservationHandler<?> receivingSpans(Tracer tracer, Propagator propagator) {
        return new ReceivingSpans(tracer, propagator);
    }

    @Bean
    @Order(MicrometerTracingAutoConfiguration.SENDER_TRACING_OBSERVATION_HANDLER_ORDER)
    PropagatingSenderTracingObservationHandler<?> sendingSpans(Tracer tracer, Propagator propagator) {
        return new SendingSpans(tracer, propagator);
    }

    @Bean
    @Order(MicrometerTracingAutoConfiguration.DEFAULT_TRACING_OBSERVATION_HANDLER_ORDER)
    DefaultTracingObservationHandler innerSpans(Tracer tracer) {
        return new InnerSpans(tracer);
    }

    @Bean
    @Conditional(CollectorIsNamed.class)
    WatchedExporter spanExporter(TracingSettings settings) {
        String address = settings.tracesAddress();
        return new WatchedExporter(
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(address)
                        .setTimeout(PATIENCE)
                        .setCompression("gzip")
                        .build(),
                settings.place());
    }

    @Bean
    @Conditional(CollectorIsNamed.class)
    ConnectionFactoryDecorator tracedStatements(R2dbcConnectionDetails connection, ObservationRegistry observations) {
        ConnectionFactoryOptions to = connection.getConnectionFactoryOptions();
        StatementConvention convention = new StatementConvention(
                String.valueOf(to.getRequiredValue(ConnectionFactoryOptions.DATABASE)),
                String.valueOf(to.getRequiredValue(ConnectionFactoryOptions.HOST)),
                (Integer) Objects.requireNonNull(to.getRequiredValue(ConnectionFactoryOptions.PORT)));
        return factory -> ProxyConnectionFactory.builder(factory)
                .listener(new StatementSpans(observations, factory, convention))
                .build();
    }

    /** The server of the database counts statements better, and for all who send some. */
    @Bean
    MeterFilter statementsAreNoMeters() {
        return MeterFilter.denyNameStartsWith(StatementConvention.NAME);
    }

    private static final class CollectorIsNamed implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty("miniplane.observability.otlp-endpoint"));
        }
    }
}
