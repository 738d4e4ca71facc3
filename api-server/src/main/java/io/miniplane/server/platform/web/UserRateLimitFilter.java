package io.miniplane.server.platform.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.platform.ChainOrder;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.TokenBuckets;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Turns away a signed-in user who asks too often, whatever addresses they use; a bounded number of users is remembered. */
@Component
final class UserRateLimitFilter implements WebFilter, Ordered {

    private final boolean enabled;
    private final RateLimit limit;

    UserRateLimitFilter(UserRateLimitSettings settings, MeterRegistry meters) {
        this.enabled = settings.enabled();
        this.limit = new RateLimit(
                "user", new TokenBuckets(settings.requests(), settings.period(), settings.users()), meters);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String user = enabled ? CallerFilter.callerOf(exchange) : null;
        Failure refusal = user == null ? null : limit.take(user);
        return refusal == null ? chain.filter(exchange) : Mono.error(refusal);
    }

    @Override
    public int getOrder() {
        return ChainOrder.USER_RATE_LIMIT;
    }
}
