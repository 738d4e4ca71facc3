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

    /** What the reader makes of the answer, or a {@link WechatFailure}. */
    <T> Mono<T> send(Function<AccessToken, WechatCall> call, Function<JsonNode, T> reader) {
        return tokens.current()
                .flatMap(token -> calls.send(call.apply(token), reader)
                        .onErrorResume(Errcodes::blamesToken, refused -> again(call, reader, token)))
                .timeout(patience)
                .onErrorMap(TimeoutException.class, late -> unavailable());
    }

    private <T> Mono<T> again(
            Function<AccessToken, WechatCall> call, Function<JsonNode, T> reader, AccessToken refused) {
        return tokens.insteadOf(refused).flatMap(token -> calls.send(call.apply(token), reader));
    }

    private static WechatFailure unavailable() {
        return new WechatFailure.Unavailable("WeChat did not answer in time", null, RETRY_AFTER, false);
    }
}
