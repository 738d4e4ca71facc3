package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.OpenApi;
import io.miniplane.server.wechat.WechatFailure;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import reactor.core.publisher.Mono;

/** Sends calls that others have written. Their failures do not hold up our own calls: they have a circuit breaker and a limit of their own. */
final class OpenCalls implements OpenApi {

    private static final Logger LOG = LogManager.getLogger(OpenCalls.class);

    private final OpenHttp http;
    private final AccessTokens tokens;
    private final CallGuard guard;
    private final CallObservations observations;

    OpenCalls(OpenHttp http, AccessTokens tokens, CallGuard guard, CallObservations observations) {
        this.http = http;
        this.tokens = tokens;
        this.guard = guard;
        this.observations = observations;
    }

    @Override
    public Mono<Answer> call(Call call) {
        return tokens.current()
                .flatMap(token -> send(call, token)
                        .flatMap(answer ->
                                OpenHttp.blamesToken(answer) ? again(call, token, answer) : Mono.just(answer)));
    }

    /** Where no other token can be had, WeChat's refusal is the answer. */
    private Mono<Answer> again(Call call, AccessToken refused, Answer refusal) {
        return tokens.insteadOf(refused)
                .onErrorComplete(WechatFailure.class)
                .flatMap(other -> send(call, other))
                .defaultIfEmpty(refusal);
    }

    private Mono<Answer> send(Call call, AccessToken token) {
        CallObservations.Named named = new CallObservations.Named(call.path(), call.method(), call.path());
        return observations.observed(
                named, guard.protect(Mono.defer(() -> http.send(call, token))), failure -> failed(call, failure));
    }

    private static String failed(Call call, Throwable thrown) {
        LOG.debug("WeChat call {} of the container: {}", call.path(), thrown.getMessage());
        return thrown instanceof WechatFailure failure ? failure.outcome() : "broken";
    }
}
