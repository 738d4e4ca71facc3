package io.miniplane.server.wechat.infrastructure;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.miniplane.server.platform.RequestTrace;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Times and traces calls of WeChat: {@code miniplane_wechat_request_seconds{api,outcome}} and a span. */
final class CallObservations {

    private static final String NAME = "miniplane.wechat.request";

    private final ObservationRegistry observations;
    private final String host;

    /** @param baseUrl where the calls go; its host is told */
    CallObservations(ObservationRegistry observations, String baseUrl) {
        this.observations = observations;
        this.host = String.valueOf(URI.create(baseUrl).getHost());
    }

    /**
     * A call as it may be told: no address that was sent, for its query holds secrets and tokens.
     *
     * @param api how logs, metrics and traces name it
     * @param method of the request
     * @param template its path without values
     */
    record Named(String api, HttpMethod method, String template) {}

    /**
     * The same call, observed.
     *
     * @param named how it is told
     * @param outcomes how metrics name what it fails with; may log
     */
    <T> Mono<T> observed(Named named, Mono<T> call, Function<Throwable, String> outcomes) {
        return Mono.deferContextual(context -> {
            Observation observation = observation(named, context).start();
            AtomicBoolean ended = new AtomicBoolean();
            return call.doOnSuccess(reply -> end(observation, ended, "ok"))
                    .doOnError(failure -> {
                        observation.error(failure);
                        RequestTrace.log(context, () -> end(observation, ended, outcomes.apply(failure)));
                    })
                    .doOnCancel(() -> end(observation, ended, "cancelled"))
                    .contextWrite(inner -> inner.put(ObservationThreadLocalAccessor.KEY, observation));
        });
    }

    private Observation observation(Named named, ContextView context) {
        Observation observation = Observation.createNotStarted(NAME, CallObservations::carrier, observations)
                .contextualName(named.method() + " " + named.template())
                .lowCardinalityKeyValue("api", named.api())
                .highCardinalityKeyValues(KeyValues.of(
                        "http.request.method", named.method().name(),
                        "url.template", named.template(),
                        "server.address", host,
                        "miniplane.wechat.api", named.api()));
        Observation parent = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        return parent == null ? observation : observation.parentObservation(parent);
    }

    /** A client's span; nothing of the trace is told to WeChat. */
    private static SenderContext<Object> carrier() {
        SenderContext<Object> context = new SenderContext<>((carrier, key, value) -> {}, Kind.CLIENT);
        context.setCarrier(context);
        context.setRemoteServiceName("wechat");
        return context;
    }

    /** Ends it once, before anybody learns the result: whoever has the answer shall see its metrics. */
    private static void end(Observation observation, AtomicBoolean ended, String outcome) {
        if (ended.compareAndSet(false, true)) {
            observation
                    .lowCardinalityKeyValue("outcome", outcome)
                    .highCardinalityKeyValue("miniplane.wechat.outcome", outcome)
                    .stop();
        }
    }
}
