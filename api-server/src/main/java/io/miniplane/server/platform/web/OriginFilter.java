package io.miniplane.server.platform.web;

import io.miniplane.server.platform.ChainOrder;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Finds out once where a request comes from, for all who need to know. */
@Component
final class OriginFilter implements WebFilter, Ordered {

    private final ClientAddress client;

    OriginFilter(RateLimitSettings settings) {
        this.client = new ClientAddress(settings.trustedProxies());
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        client.of(exchange.getRequest()).attachTo(exchange);
        client.schemeOf(exchange.getRequest()).attachTo(exchange);
        return chain.filter(exchange);
    }

    @Override
    public int getOrder() {
        return ChainOrder.ORIGIN;
    }
}
