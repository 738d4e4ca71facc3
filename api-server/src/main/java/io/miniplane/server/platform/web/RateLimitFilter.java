package io.miniplane.server.platform.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.platform.ChainOrder;
import io.miniplane.server.platform.ClientOrigin;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.TokenBuckets;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Turns away a client address that asks too often; a bounded number of addresses is remembered. */
@Component
final class RateLimitFilter implements WebFilter, Ordered {

    private final boolean enabled;
    private final RateLimit limit;

    RateLimitFilter(RateLimitSettings settings, MeterRegistry meters) {
        this.enabled = settings.enabled();
        this.limit = new RateLimit(
                "address", new TokenBuckets(settings.requests(), settings.period(), settings.addresses()), meters);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!enabled) {
            return chain.filter(exchange);
        }
        Failure refusal = limit.take(ClientOrigin.of(exchange).network());
        return refusal == null ? chain.filter(exchange) : Mono.error(refusal);
    }

    @Override
    public int getOrder() {
        return ChainOrder.RATE_LIMIT;
    }
}
