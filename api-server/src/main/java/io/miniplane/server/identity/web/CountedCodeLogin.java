package io.miniplane.server.identity.web;

import io.miniplane.server.identity.CodeLogin;
import io.miniplane.server.identity.application.LogIn;
import io.miniplane.server.identity.application.LoginAttempt;
import io.miniplane.server.identity.application.SessionTokens;
import io.miniplane.server.identity.domain.ClientKind;
import io.miniplane.server.platform.ClientOrigin;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.Reason;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The login for other modules; it is counted as the route is. */
@Component
record CountedCodeLogin(LogIn useCase, LoginCounter counter) implements CodeLogin {

    private static final ErrorCode BAD_REQUEST = new ErrorCode(40000);
    private static final int LONGEST = 256;

    @Override
    public Mono<Tokens> logIn(String code, ClientOrigin origin, String userAgent) {
        if (code.isBlank()) {
            return Mono.error(new Failure(BAD_REQUEST, Reason.of("login-code-missing", "X-WX-CODE")));
        }
        if (code.length() > LONGEST) {
            return Mono.error(new Failure(BAD_REQUEST, Reason.of("login-code-too-long", "X-WX-CODE", LONGEST)));
        }
        return useCase.logIn(new LoginAttempt(code, origin, ClientKind.of(userAgent)))
                .doOnSuccess(tokens -> counter.succeeded())
                .doOnError(counter::failed)
                .map(CountedCodeLogin::tokens);
    }

    private static Tokens tokens(SessionTokens tokens) {
        return new Tokens(
                tokens.accessToken().text(), tokens.accessToken().expiresAt().getEpochSecond(), tokens.refreshToken());
    }
}
