package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.WechatFailure;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Sends calls, protected, timed and traced. */
final class WechatCalls {

    private static final Logger LOG = LogManager.getLogger(WechatCalls.class);

    private final HttpCalls http;
    private final CallGuards guards;
    private final CallObservations observations;

    WechatCalls(HttpCalls http, CallGuards guards, CallObservations observations) {
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
        return observations.observed(call.named(), guarded, failure -> failed(call, failure));
    }

    private static String failed(WechatCall call, Throwable thrown) {
        if (thrown instanceof WechatFailure.Refused || thrown instanceof WechatFailure.Unintelligible) {
            LOG.warn("WeChat call {}: {}", call.api(), thrown.getMessage());
        } else {
            LOG.debug("WeChat call {}: {}", call.api(), thrown.getMessage());
        }
        return thrown instanceof WechatFailure failure ? failure.outcome() : "broken";
    }
}
