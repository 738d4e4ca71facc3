package io.miniplane.server.platform.security;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.RouteAccess.Anybody;
import io.miniplane.server.platform.security.RouteAccess.Holders;
import io.miniplane.server.platform.security.RouteAccess.Nobody;
import io.miniplane.server.platform.security.RouteAccess.Visitors;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import reactor.core.publisher.Mono;

/** Lets through whom the rule of the route names. Where there is no rule a known caller is told that there is nothing. */
final class RouteAuthorization implements ReactiveAuthorizationManager<AuthorizationContext> {

    private static final ErrorCode NOT_FOUND = new ErrorCode(40400);
    private static final AuthorizationResult GRANTED = new AuthorizationDecision(true);

    private final RouteRules rules;

    RouteAuthorization(RouteRules rules) {
        this.rules = rules;
    }

    @Override
    public Mono<AuthorizationResult> authorize(Mono<Authentication> authentication, AuthorizationContext context) {
        return switch (rules.audience(context.getExchange())) {
            case Anybody() -> Mono.just(GRANTED);
            case Visitors() -> Mono.just(GRANTED);
            case Holders holders ->
                authentication.map(
                        caller -> new AuthorizationDecision(holders.admit(RouteAuthorization.caller(caller))));
            case Nobody() -> authentication.flatMap(caller -> Mono.error(new Failure(NOT_FOUND)));
        };
    }

    private static Caller caller(Authentication authentication) {
        return ((CallerAuthentication) authentication).getPrincipal();
    }
}
