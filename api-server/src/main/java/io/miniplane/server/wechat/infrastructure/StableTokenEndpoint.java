package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.WechatFailure;
import java.time.InstantSource;
import java.util.Map;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Fetches the access token where every replica gets the same one. */
final class StableTokenEndpoint {

    private final WechatCalls calls;
    private final AppCredentials credentials;
    private final InstantSource clock;

    StableTokenEndpoint(WechatCalls calls, AppCredentials credentials, InstantSource clock) {
        this.calls = calls;
        this.credentials = credentials;
        this.clock = clock;
    }

    /**
     * The token.
     *
     * @param forced whether WeChat shall replace the current one
     */
    Mono<AccessToken> fetch(boolean forced) {
        Map<String, ?> body = Map.of(
                "grant_type",
                "client_credential",
                "appid",
                credentials.appId(),
                "secret",
                credentials.secret(),
                "force_refresh",
                forced);
        return calls.send(WechatCall.post(Endpoint.STABLE_TOKEN, body, Errcodes::failure), this::token);
    }

    private AccessToken token(JsonNode reply) {
        String value = reply.path("access_token").asString("");
        long seconds = reply.path("expires_in").asLong(0);
        if (value.isEmpty() || seconds <= 0) {
            throw new WechatFailure.Unintelligible("WeChat's answer has no access_token or expires_in");
        }
        return new AccessToken(value, clock.instant().plusSeconds(seconds));
    }
}
