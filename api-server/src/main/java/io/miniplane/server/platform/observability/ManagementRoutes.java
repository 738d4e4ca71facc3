package io.miniplane.server.platform.observability;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.miniplane.server.platform.Drain;
import io.miniplane.server.platform.database.DatabaseProbe;
import io.miniplane.server.platform.diagnostics.DiagnosticsReport;
import io.miniplane.server.platform.signals.SignalsReport;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The probes, the signals, the metrics and, for those inside the pod alone, the diagnostics. Readiness follows the database; liveness depends on nothing outside this process. */
@Component
final class ManagementRoutes {

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final ApplicationAvailability availability;
    private final DatabaseProbe database;
    private final PrometheusMeterRegistry metrics;
    private final SignalsReport signals;
    private final DiagnosticsReport diagnostics;
    private final ObjectProvider<Drain> drain;

    ManagementRoutes(
            ApplicationAvailability availability,
            DatabaseProbe database,
            PrometheusMeterRegistry metrics,
            SignalsReport signals,
            DiagnosticsReport diagnostics,
            ObjectProvider<Drain> drain) {
        this.availability = availability;
        this.database = database;
        this.metrics = metrics;
        this.signals = signals;
        this.diagnostics = diagnostics;
        this.drain = drain;
    }

    RouterFunction<ServerResponse> routes() {
        RouterFunctions.Builder routes = RouterFunctions.route()
                .GET("/livez", request -> live())
                .GET("/readyz", request -> ready())
                .GET("/metrics", this::scrape)
                .GET("/internal/signals", request -> signals())
                .GET("/internal/diagnostics", this::diagnostics);
        drain.ifAvailable(waits ->
                routes.GET("/internal/drained", request -> waits.drained().then(state(true))));
        return routes.build();
    }

    private Mono<ServerResponse> live() {
        return state(availability.getLivenessState() == LivenessState.CORRECT);
    }

    private Mono<ServerResponse> ready() {
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
                ? database.answers().flatMap(ManagementRoutes::state)
                : state(false);
    }

    /** Only OpenMetrics has a place for the ids of traces, so whoever takes it gets it. */
    private Mono<ServerResponse> scrape(ServerRequest request) {
        boolean takesOpenMetrics = request.headers().accept().stream()
                .anyMatch(type -> type.getSubtype().equals("openmetrics-text"));
        String format = takesOpenMetrics ? OPEN_METRICS : PROMETHEUS_TEXT;
        return ServerResponse.ok().contentType(MediaType.parseMediaType(format)).bodyValue(metrics.scrape(format));
    }

    private Mono<ServerResponse> signals() {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(signals.now());
    }

    private Mono<ServerResponse> diagnostics(ServerRequest request) {
        return FromWithin.comes(request)
                ? ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(diagnostics.now())
                : ServerResponse.status(HttpStatus.FORBIDDEN)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(Map.of("message", FromWithin.WANTED));
    }

    private static Mono<ServerResponse> state(boolean up) {
        return ServerResponse.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Map.of("status", up ? "UP" : "DOWN"));
    }
}
