package io.miniplane.server.wechat.infrastructure;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Times and traces calls of WeChat: {@code miniplane_wechat_request_seconds{api,outcome}} and a span. */
final class CallObservations {

    private static final String NAME = "miniplane.wechat.request";

    private final ObservationRegistry observations;

    CallObservations(ObservationRegistry observations) {
        this.observations = observations;
    }

    /**
     * The same call, observed.
     *
     * @param api how metrics and traces name it
     * @param outcomes how metrics name what it fails with
     */
    <T> Mono<T> observed(String api, Mono<T> call, Function<Throwable, String> outcomes) {
        return Mono.deferContextual(context -> {
            Observation observation = observation(api, context).start();
            AtomicBoolean ended = new AtomicBoolean();
            return call.doOnSuccess(reply -> end(observation, ended, "ok"))
                    .doOnError(failure -> {
                        observation.error(failure);
                        end(observation, ended, outcomes.apply(failure));
                    })
                    .doOnCancel(() -> end(observation, ended, "cancelled"))
                    .contextWrite(inner -> inner.put(ObservationThreadLocalAccessor.KEY, observation));
        });
    }

    private Observation observation(String api, ContextView context) {
        Observation observation = Observation.createNotStarted(NAME, CallObservations::carrier, observations)
                .contextualName("wechat " + api)
                .lowCardinalityKeyValue("api", api);
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
            observation.lowCardinalityKeyValue("outcome", outcome).stop();
        }
    }
}
