package io.miniplane.server.platform.observability;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.miniplane.server.platform.database.DatabaseProbe;
import io.miniplane.server.platform.signals.SignalsReport;
import java.util.Map;
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

/** The probes, the signals and the metrics. Readiness follows the database; liveness depends on nothing outside this process. */
@Component
final class ManagementRoutes {

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final ApplicationAvailability availability;
    private final DatabaseProbe database;
    private final PrometheusMeterRegistry metrics;
    private final SignalsReport signals;

    ManagementRoutes(
            ApplicationAvailability availability,
            DatabaseProbe database,
            PrometheusMeterRegistry metrics,
            SignalsReport signals) {
        this.availability = availability;
        this.database = database;
        this.metrics = metrics;
        this.signals = signals;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/livez", request -> live())
                .GET("/readyz", request -> ready())
                .GET("/metrics", this::scrape)
                .GET("/internal/signals", request -> signals())
                .build();
    }

    private Mono<ServerResponse> live() {
        return state(availability.getLivenessState() == LivenessState.CORRECT);
    }

    private Mono<ServerResponse> ready() {
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
                ? database.answers().flatMap(ManagementRoutes::state)
                : state(false);
    }

    private Mono<ServerResponse> scrape(ServerRequest request) {
        return ServerResponse.ok()
                .contentType(MediaType.parseMediaType(PROMETHEUS_TEXT))
                .bodyValue(metrics.scrape());
    }

    private Mono<ServerResponse> signals() {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(signals.now());
    }

    private static Mono<ServerResponse> state(boolean up) {
        return ServerResponse.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Map.of("status", up ? "UP" : "DOWN"));
    }
}
