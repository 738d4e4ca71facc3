package io.miniplane.server.platform.security;

import io.miniplane.server.platform.Failure;
import java.util.Optional;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Verifies the access token of a request and makes its holder the caller; without a token the request goes on and has none. */
final class BearerAuthentication implements WebFilter {

    private final TokenVerifier verifier;
    private final ServerWebExchangeMatcher open;

    BearerAuthentication(TokenVerifier verifier, ServerWebExchangeMatcher open) {
        this.verifier = verifier;
        this.open = open;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return open.matches(exchange)
                .map(MatchResult::isMatch)
                .flatMap(isOpen -> isOpen ? chain.filter(exchange) : authenticated(exchange, chain));
    }

    private Mono<Void> authenticated(ServerWebExchange exchange, WebFilterChain chain) {
        try {
            Optional<Caller> caller =
                    BearerToken.of(exchange.getRequest().getHeaders()).map(verifier::verify);
            return caller.map(c -> as(c, exchange, chain)).orElseGet(() -> chain.filter(exchange));
        } catch (Failure refused) {
            return Mono.error(refused);
        }
    }

    private static Mono<Void> as(Caller caller, ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange)
                .contextWrite(ReactiveSecurityContextHolder.withAuthentication(new CallerAuthentication(caller)));
    }
}
