package io.miniplane.server.platform.security;

import io.miniplane.server.platform.Failure;
import java.util.Optional;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Verifies the access token of a request and makes its holder the caller; without a token the request goes on and has none. */
final class BearerAuthentication implements WebFilter {

    private final TokenVerifier verifier;
    private final RouteRules rules;

    BearerAuthentication(TokenVerifier verifier, RouteRules rules) {
        this.verifier = verifier;
        this.rules = rules;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return rules.audience(exchange) instanceof RouteAccess.Anybody
                ? chain.filter(exchange)
                : authenticated(exchange, chain);
    }

    private Mono<Void> authenticated(ServerWebExchange exchange, WebFilterChain chain) {
        Optional<Mono<? extends Caller>> caller;
        try {
            caller = BearerToken.of(exchange.getRequest().getHeaders()).map(verifier::verify);
        } catch (Failure refused) {
            return Mono.error(refused);
        }
        return caller.<Mono<Void>>map(known -> known.flatMap(c -> as(c, exchange, chain)))
                .orElseGet(() -> chain.filter(exchange));
    }

    private static Mono<Void> as(Caller caller, ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange)
                .contextWrite(ReactiveSecurityContextHolder.withAuthentication(new CallerAuthentication(caller)));
    }
}
