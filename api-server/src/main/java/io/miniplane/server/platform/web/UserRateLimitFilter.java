package io.miniplane.server.platform.web;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.platform.ChainOrder;
import io.miniplane.server.platform.Failure;
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
    private final TokenBuckets buckets;

    UserRateLimitFilter(UserRateLimitSettings settings, MeterRegistry meters) {
        this.enabled = settings.enabled();
        this.buckets = new TokenBuckets(
                "user", settings.requests(), settings.period(), settings.users(), Ticker.systemTicker(), meters);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String user = enabled ? CallerFilter.callerOf(exchange) : null;
        Failure refusal = user == null ? null : buckets.take(user);
        return refusal == null ? chain.filter(exchange) : Mono.error(refusal);
    }

    @Override
    public int getOrder() {
        return ChainOrder.USER_RATE_LIMIT;
    }
}
