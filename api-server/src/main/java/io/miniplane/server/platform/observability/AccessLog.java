package io.miniplane.server.platform.observability;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.miniplane.server.platform.RequestTrace;
import io.miniplane.server.platform.signals.RequestTally;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Counts every request and writes its line when the answer is out, or when the client has left. */
@Component
final class AccessLog implements ObservationHandler<ServerRequestObservationContext> {

    private static final Logger LOG = LogManager.getLogger("io.miniplane.access");

    private final SingletonSupplier<MeterProvider<Counter>> requests;

    private final RequestTally tally;

    AccessLog(ObjectProvider<MeterRegistry> registry, RequestTally tally) {
        this.tally = tally;
        this.requests = SingletonSupplier.of(() -> Counter.builder("http.requests")
                .description("Requests that were answered")
                .withRegistry(registry.getObject()));
    }

    @Override
    public void onStart(ServerRequestObservationContext context) {
        context.put(Start.class, new Start(System.nanoTime()));
    }

    @Override
    public void onStop(ServerRequestObservationContext context) {
        String method = RequestConvention.method(context);
        String route = RequestConvention.route(context);
        int status = RequestConvention.status(context);
        requests.obtain()
                .withTags(Tags.of("method", method, "status", Integer.toString(status), "route", route))
                .increment();
        long nanos = System.nanoTime() - context.<Start>getRequired(Start.class).nanos();
        tally.count(status, nanos);
        AccessLine line = new AccessLine(method, route, status, millis(nanos));
        if (context.getAttributes().get(RequestTrace.class.getName()) instanceof RequestTrace trace) {
            trace.log(() -> LOG.info(line));
        } else {
            LOG.info(line);
        }
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof ServerRequestObservationContext;
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1000.0) / 1000.0;
    }

    private record Start(long nanos) {}
}
