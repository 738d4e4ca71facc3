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

    /** The JSON object that answers the call, or a {@link WechatFailure}. */
    Mono<JsonNode> send(Function<AccessToken, WechatCall> call) {
        return tokens.current()
                .flatMap(token -> calls.send(call.apply(token))
                        .onErrorResume(Errcodes::blamesToken, refused -> again(call, token)))
                .timeout(patience)
                .onErrorMap(TimeoutException.class, late -> unavailable());
    }

    private Mono<JsonNode> again(Function<AccessToken, WechatCall> call, AccessToken refused) {
        return tokens.insteadOf(refused).flatMap(token -> calls.send(call.apply(token)));
    }

    private static WechatFailure unavailable() {
        return new WechatFailure.Unavailable("WeChat did not answer in time", null, RETRY_AFTER, false);
    }
}
