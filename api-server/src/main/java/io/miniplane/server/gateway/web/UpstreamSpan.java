package io.miniplane.server.gateway.web;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Times and traces what goes to the container: {@code miniplane_gateway_request_seconds{route,outcome}} and a span, of which the container is told. */
record UpstreamSpan(ObservationRegistry observations) {

    static final String NAME = "miniplane.gateway.request";

    private static final String ATTRIBUTE = UpstreamSpan.class.getName();

    /** The headers by which the container takes part in the trace. */
    static Optional<Map<String, String>> of(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
    }

    /**
     * The same request, observed.
     *
     * @param outcomes how metrics name what it fails with
     */
    Mono<Void> observed(
            ServerWebExchange exchange, ProxiedRoute route, Mono<Void> request, Function<Throwable, String> outcomes) {
        return Mono.deferContextual(context -> {
            Map<String, String> told = new HashMap<>();
            Observation observation =
                    observation(exchange, route, told, context).start();
            exchange.getAttributes().put(ATTRIBUTE, told);
            AtomicBoolean ended = new AtomicBoolean();
            return request.doOnSuccess(nothing -> end(observation, ended, outcome(exchange)))
                    .doOnError(failure -> {
                        observation.error(failure);
                        end(observation, ended, outcomes.apply(failure));
                    })
                    .doOnCancel(() -> end(observation, ended, "cancelled"));
        });
    }

    private Observation observation(
            ServerWebExchange exchange, ProxiedRoute route, Map<String, String> told, ContextView context) {
        String method = exchange.getRequest().getMethod().name();
        String path = route.path().getPatternString();
        Observation observation = Observation.createNotStarted(NAME, () -> carrier(told), observations)
                .contextualName(method + " " + path)
                .lowCardinalityKeyValue("route", path)
                .highCardinalityKeyValues(KeyValues.of("http.request.method", method, "url.template", path));
        Observation parent = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        return parent == null ? observation : observation.parentObservation(parent);
    }

    private static SenderContext<Map<String, String>> carrier(Map<String, String> told) {
        SenderContext<Map<String, String>> context = new SenderContext<>(
                (carrier, key, value) -> Objects.requireNonNull(carrier).put(key, value), Kind.CLIENT);
        context.setCarrier(told);
        context.setRemoteServiceName("upstream");
        return context;
    }

    private static String outcome(ServerWebExchange exchange) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        if (status == null || !status.isError()) {
            return "ok";
        }
        return status.is4xxClientError() ? "refused" : "failed";
    }

    private static void end(Observation observation, AtomicBoolean ended, String outcome) {
        if (ended.compareAndSet(false, true)) {
            observation.lowCardinalityKeyValue("outcome", outcome).stop();
        }
    }
}
