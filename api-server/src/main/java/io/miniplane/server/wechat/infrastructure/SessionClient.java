package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.SessionKey;
import io.miniplane.server.wechat.WechatFailure;
import io.miniplane.server.wechat.WechatSessions;
import reactor.core.publisher.Mono;

/** Asks about sessions by WeChat's {@code checksession} and {@code resetusersessionkey}. */
final class SessionClient implements WechatSessions {

    private final AuthorisedCalls calls;

    SessionClient(AuthorisedCalls calls) {
        this.calls = calls;
    }

    @Override
    public Mono<Boolean> isAlive(String openId, SessionKey key) {
        return Mono.defer(() -> calls.send(call(Endpoint.CHECKSESSION, openId, key), reply -> true))
                .onErrorReturn(WechatFailure.SessionDead.class, false);
    }

    @Override
    public Mono<SessionKey> reset(String openId, SessionKey key) {
        return Mono.defer(() -> calls.send(
                call(Endpoint.RESETUSERSESSIONKEY, openId, key),
                reply -> new SessionKey(Answers.text(reply, "session_key"))));
    }

    private static WechatCall call(Endpoint endpoint, String openId, SessionKey key) {
        return WechatCall.get(endpoint, SessionSignature.query(openId, key), SessionSignature::failure);
    }
}
