package io.miniplane.server.identity.web;

import io.miniplane.server.identity.application.EndSession;
import io.miniplane.server.identity.application.LogIn;
import io.miniplane.server.identity.application.LoginAttempt;
import io.miniplane.server.identity.application.RefreshSession;
import io.miniplane.server.identity.domain.ClientKind;
import io.miniplane.server.platform.Answers;
import io.miniplane.server.platform.ClientOrigin;
import io.miniplane.server.platform.JsonBodies;
import io.miniplane.server.platform.security.BearerToken;
import io.miniplane.server.platform.security.RouteAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Logging in, staying logged in, logging out. */
@Configuration(proxyBeanMethods = false)
class AuthRoutes {

    private static final String LOGIN = "/api/v1/auth/login";
    private static final String REFRESH = "/api/v1/auth/refresh";
    private static final String LOGOUT = "/api/v1/auth/logout";

    /** Logout reads the token itself: who sends it twice is told again that it is done, not that the session has ended. */
    @Bean
    RouteAccess authAccess() {
        return RouteAccess.of(
                RouteAccess.anybody(HttpMethod.POST, LOGIN),
                RouteAccess.anybody(HttpMethod.POST, REFRESH),
                RouteAccess.anybody(HttpMethod.POST, LOGOUT));
    }

    @Bean
    RouterFunction<ServerResponse> loginRoute(LogIn logIn, JsonBodies bodies, LoginCounter counter) {
        return RouterFunctions.route()
                .POST(
                        LOGIN,
                        request -> bodies.read(request, LoginRequest.class)
                                .flatMap(body -> logIn(attempt(request, body), logIn, counter))
                                .flatMap(Answers::ok))
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> refreshRoute(RefreshSession refreshSession, JsonBodies bodies) {
        return RouterFunctions.route()
                .POST(
                        REFRESH,
                        request -> bodies.read(request, RefreshRequest.class)
                                .flatMap(body -> refreshSession.refresh(body.refreshToken()))
                                .map(TokensBody::of)
                                .flatMap(Answers::ok))
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> logoutRoute(EndSession endSession) {
        return RouterFunctions.route()
                .POST(LOGOUT, request -> logOut(request, endSession))
                .build();
    }

    private static LoginAttempt attempt(ServerRequest request, LoginRequest body) {
        String userAgent = request.headers().asHttpHeaders().getFirst(HttpHeaders.USER_AGENT);
        return new LoginAttempt(
                body.code(), ClientOrigin.of(request.exchange()), ClientKind.of(userAgent == null ? "" : userAgent));
    }

    private static Mono<TokensBody> logIn(LoginAttempt attempt, LogIn logIn, LoginCounter counter) {
        return logIn.logIn(attempt)
                .doOnSuccess(tokens -> counter.succeeded())
                .doOnError(counter::failed)
                .map(TokensBody::of);
    }

    private static Mono<ServerResponse> logOut(ServerRequest request, EndSession endSession) {
        return Mono.fromCallable(() -> BearerToken.required(request.headers().asHttpHeaders()))
                .flatMap(endSession::end)
                .then(Mono.defer(Answers::done));
    }
}
