package io.miniplane.server.identity.application;

import io.miniplane.server.identity.domain.RefreshToken;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.SessionId;
import io.miniplane.server.platform.security.UserId;
import io.miniplane.server.wechat.WechatLogin;
import io.miniplane.server.wechat.WechatSession;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Logs a user in with the code that {@code wx.login} gave to the mini-program. */
public final class LogIn {

    private final WechatLogin wechat;
    private final Sessions sessions;
    private final AccessTokens accessTokens;
    private final Duration refreshLifetime;
    private final Supplier<UUID> ids;

    /** Takes ids from the given source, which makes UUIDs of version 7. */
    public LogIn(
            WechatLogin wechat,
            Sessions sessions,
            AccessTokens accessTokens,
            Duration refreshLifetime,
            Supplier<UUID> ids) {
        this.wechat = wechat;
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.refreshLifetime = refreshLifetime;
        this.ids = ids;
    }

    /** Exchanges the code, opens a session, and hands out its first tokens; a refusal is a failure of the {@code wechat} module. */
    public Mono<SessionTokens> logIn(String code) {
        return wechat.exchange(code).flatMap(this::open);
    }

    private Mono<SessionTokens> open(WechatSession wechatSession) {
        SessionId id = new SessionId(ids.get());
        RefreshToken.Issued refresh = RefreshToken.first();
        NewSession session = new NewSession(id, new UserId(ids.get()), wechatSession, refresh.token(), refreshLifetime);
        return sessions.open(session)
                .map(user -> new SessionTokens(accessTokens.issue(new Caller.User(user, id)), user, refresh.text()));
    }
}
