package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.WechatFailure;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Sends calls that need an access token, and once more with another one when WeChat refuses the token. */
final class AuthorisedCalls {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final WechatCalls calls;
    private final AccessTokens tokens;
    private final Duration patience;

    /** @param timeLimit of one call; the whole gets a tenth more, so that a hanging call still ends by its own limit */
    AuthorisedCalls(WechatCalls calls, AccessTokens tokens, Duration timeLimit) {
        this.calls = calls;
        this.tokens = tokens;
        this.patience = timeLimit.plus(timeLimit.dividedBy(10));
    }

    /** What the reader makes of the answer, or a {@link WechatFailure}. The call is given without an access token. */
    <T> Mono<T> send(WechatCall call, Function<JsonNode, T> reader) {
        return authorised(call, ready -> calls.send(ready, reader));
    }

    /** What the reader makes of the bytes of the answer, or a {@link WechatFailure}. */
    <T> Mono<T> sendForBytes(WechatCall call, Function<byte[], T> reader) {
        return authorised(call, ready -> calls.sendForBytes(ready, reader));
    }

    private <T> Mono<T> authorised(WechatCall call, Function<WechatCall, Mono<T>> send) {
        return tokens.current()
                .flatMap(token -> send.apply(with(token, call))
                        .onErrorResume(
                                Errcodes::blamesToken,
                                refused -> tokens.insteadOf(token).flatMap(other -> send.apply(with(other, call)))))
                .timeout(patience)
                .onErrorMap(TimeoutException.class, late -> unavailable());
    }

    private static WechatCall with(AccessToken token, WechatCall call) {
        return call.with("access_token", token.value());
    }

    private static WechatFailure unavailable() {
        return new WechatFailure.Unavailable("WeChat did not answer in time", null, RETRY_AFTER, false);
    }
}
