package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.SessionKey;
import io.miniplane.server.wechat.WechatFailure;
import io.miniplane.server.wechat.WechatLogin;
import io.miniplane.server.wechat.WechatSession;
import java.util.Map;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Logs in by WeChat's {@code jscode2session}. */
final class LoginClient implements WechatLogin {

    private final WechatCalls calls;
    private final AppCredentials credentials;

    LoginClient(WechatCalls calls, AppCredentials credentials) {
        this.calls = calls;
        this.credentials = credentials;
    }

    @Override
    public Mono<WechatSession> exchange(String loginCode) {
        return Mono.defer(() -> {
            Codes.check(loginCode);
            return calls.send(call(loginCode), LoginClient::session);
        });
    }

    private WechatCall call(String loginCode) {
        Map<String, String> query = Map.of(
                "appid",
                credentials.appId(),
                "secret",
                credentials.secret(),
                "js_code",
                loginCode,
                "grant_type",
                "authorization_code");
        return WechatCall.get(Endpoint.JSCODE2SESSION, query, LoginClient::failure);
    }

    private static WechatFailure failure(int errcode) {
        return switch (errcode) {
            case 40029, 40163 -> new WechatFailure.CodeRejected(errcode);
            case 40226 -> new WechatFailure.UserBlocked(errcode);
            case 45011 -> new WechatFailure.TooManyLogins(errcode);
            default -> Errcodes.failure(errcode);
        };
    }

    private static WechatSession session(JsonNode reply) {
        String openId = reply.path("openid").asString("");
        String sessionKey = reply.path("session_key").asString("");
        if (openId.isEmpty() || sessionKey.isEmpty()) {
            throw new WechatFailure.Unintelligible("WeChat's answer has no openid or session_key");
        }
        String unionId = reply.path("unionid").asString("");
        return new WechatSession(openId, unionId.isEmpty() ? null : unionId, new SessionKey(sessionKey));
    }
}
