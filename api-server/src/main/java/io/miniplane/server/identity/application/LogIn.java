package io.miniplane.server.identity.application;

import io.miniplane.server.identity.domain.Opened;
import io.miniplane.server.identity.domain.RefreshToken;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.SessionId;
import io.miniplane.server.platform.security.UserId;
import io.miniplane.server.wechat.WechatLogin;
import io.miniplane.server.wechat.WechatSession;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Logs a user in with the code that {@code wx.login} gave to the mini-program. */
public final class LogIn {

    private static final ErrorCode TOO_MANY_LOGINS = new ErrorCode(42903);

    private final LoginThrottle throttle;
    private final WechatLogin wechat;
    private final RiskCheck risk;
    private final Sessions sessions;
    private final EndedSessions ended;
    private final AccessTokens accessTokens;
    private final Supplier<UUID> ids;

    /** Takes ids from the given source, which makes UUIDs of version 7. */
    public LogIn(
            LoginThrottle throttle,
            WechatLogin wechat,
            RiskCheck risk,
            Sessions sessions,
            EndedSessions ended,
            AccessTokens accessTokens,
            Supplier<UUID> ids) {
        this.throttle = throttle;
        this.wechat = wechat;
        this.risk = risk;
        this.sessions = sessions;
        this.ended = ended;
        this.accessTokens = accessTokens;
        this.ids = ids;
    }

    /**
     * Exchanges the code, opens a session, and hands out its first tokens.
     *
     * @return the tokens, or a failure: 42904 too many attempts of one address, 42903 too many logins of one user, 40302 too risky, or one of the
     *     {@code wechat} module
     */
    public Mono<SessionTokens> logIn(LoginAttempt attempt) {
        return Mono.fromRunnable(() -> throttle.admit(attempt.origin()))
                .then(Mono.defer(() -> wechat.exchange(attempt.code())))
                .flatMap(
                        user -> risk.pass(user.openId(), attempt.origin()).then(Mono.defer(() -> open(user, attempt))));
    }

    private Mono<SessionTokens> open(WechatSession user, LoginAttempt attempt) {
        SessionId id = new SessionId(ids.get());
        RefreshToken.Issued refresh = RefreshToken.first();
        NewSession session = new NewSession(id, new UserId(ids.get()), user, attempt.client(), refresh.token());
        return sessions.open(session).map(opened -> switch (opened) {
            case Opened.Session ours -> tokens(ours, id, refresh.text());
            case Opened.TooMany wait -> throw new Failure(TOO_MANY_LOGINS, wait.retryAfter(), null);
        });
    }

    private SessionTokens tokens(Opened.Session session, SessionId id, String refreshToken) {
        session.superseded().forEach(ended::add);
        UserId user = session.userId();
        return new SessionTokens(accessTokens.issue(new Caller.User(user, id)), user, refreshToken);
    }
}
