package io.miniplane.server.wechat.infrastructure;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.miniplane.server.wechat.WechatFailure;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;
import tools.jackson.databind.JsonNode;

/** Sends calls, protected, timed and traced. */
final class WechatCalls {

    private static final Logger LOG = LogManager.getLogger(WechatCalls.class);
    private static final String NAME = "miniplane.wechat.request";

    private final HttpCalls http;
    private final CallGuards guards;
    private final ObservationRegistry observations;

    WechatCalls(HttpCalls http, CallGuards guards, ObservationRegistry observations) {
        this.http = http;
        this.guards = guards;
        this.observations = observations;
    }

    /**
     * What the reader makes of the JSON object that answers the call, or a {@link WechatFailure} within the time limit. What the reader refuses
     * counts as a failed call.
     */
    <T> Mono<T> send(WechatCall call, Function<JsonNode, T> reader) {
        return observed(call, Mono.defer(() -> http.json(call).map(reader)));
    }

    /** The same of an answer that is no JSON. */
    <T> Mono<T> sendForBytes(WechatCall call, Function<byte[], T> reader) {
        return observed(call, Mono.defer(() -> http.bytes(call).map(reader)));
    }

    private <T> Mono<T> observed(WechatCall call, Mono<T> attempt) {
        Mono<T> guarded = guards.of(call.endpoint().group()).protect(attempt);
        return Mono.deferContextual(context -> {
            Observation observation = observation(call, context).start();
            AtomicBoolean ended = new AtomicBoolean();
            return guarded.doOnSuccess(reply -> end(observation, ended, "ok"))
                    .doOnError(failure -> failed(call, failure, observation, ended))
                    .doOnCancel(() -> end(observation, ended, "cancelled"))
                    .contextWrite(inner -> inner.put(ObservationThreadLocalAccessor.KEY, observation));
        });
    }

    private Observation observation(WechatCall call, ContextView context) {
        Observation observation = Observation.createNotStarted(NAME, WechatCalls::carrier, observations)
                .contextualName("wechat " + call.api())
                .lowCardinalityKeyValue("api", call.api());
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

    private static void failed(WechatCall call, Throwable thrown, Observation observation, AtomicBoolean ended) {
        observation.error(thrown);
        end(observation, ended, thrown instanceof WechatFailure failure ? failure.outcome() : "broken");
        if (thrown instanceof WechatFailure.Refused || thrown instanceof WechatFailure.Unintelligible) {
            LOG.warn("WeChat call {}: {}", call.api(), thrown.getMessage());
        } else {
            LOG.debug("WeChat call {}: {}", call.api(), thrown.getMessage());
        }
    }

    /** Ends it once, before anybody learns the result: whoever has the answer shall see its metrics. */
    private static void end(Observation observation, AtomicBoolean ended, String outcome) {
        if (ended.compareAndSet(false, true)) {
            observation.lowCardinalityKeyValue("outcome", outcome).stop();
        }
    }
}
