package io.miniplane.server.identity.web;

import io.miniplane.server.identity.application.OwnSessions;
import io.miniplane.server.platform.Answers;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.Role;
import io.miniplane.server.platform.security.RouteAccess;
import io.miniplane.server.platform.security.SessionId;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** A user's own sessions: {@code DELETE} on all of them leaves the one that asks, which logout ends. */
@Configuration(proxyBeanMethods = false)
class SessionRoutes {

    private static final String SESSIONS = "/api/v1/users/me/sessions";
    private static final String ONE = "/api/v1/users/me/sessions/{id}";
    private static final ErrorCode NO_SUCH_SESSION = new ErrorCode(40401);

    @Bean
    RouteAccess ownSessionsAccess() {
        return RouteAccess.of(
                RouteAccess.only(HttpMethod.GET, SESSIONS, Role.USER),
                RouteAccess.only(HttpMethod.DELETE, SESSIONS, Role.USER),
                RouteAccess.only(HttpMethod.DELETE, ONE, Role.USER));
    }

    @Bean
    RouterFunction<ServerResponse> ownSessionsRoutes(OwnSessions sessions) {
        return RouterFunctions.route()
                .GET(SESSIONS, request -> list(sessions))
                .DELETE(
                        SESSIONS,
                        request -> Caller.currentUser()
                                .flatMap(sessions::endOthers)
                                .map(EndedBody::new)
                                .flatMap(Answers::ok))
                .DELETE(ONE, request -> end(request, sessions))
                .build();
    }

    private static Mono<ServerResponse> list(OwnSessions sessions) {
        return Caller.currentUser()
                .flatMap(caller -> sessions.list(caller.userId())
                        .map(live -> live.stream()
                                .map(session -> SessionBody.of(session, caller.sessionId()))
                                .toList())
                        .flatMap(Answers::ok));
    }

    private static Mono<ServerResponse> end(ServerRequest request, OwnSessions sessions) {
        return Caller.currentUser()
                .flatMap(caller -> sessions.end(caller.userId(), sessionId(request)))
                .then(Mono.defer(Answers::done));
    }

    private static SessionId sessionId(ServerRequest request) {
        try {
            return new SessionId(UUID.fromString(request.pathVariable("id")));
        } catch (IllegalArgumentException e) {
            throw new Failure(NO_SUCH_SESSION);
        }
    }
}
