package io.miniplane.server.platform.web;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.miniplane.server.platform.ChainOrder;
import io.miniplane.server.platform.ClientOrigin;
import io.miniplane.server.platform.Failure;
import java.time.Duration;
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
    private final Duration period;
    private final LoadingCache<String, RateLimiter> limiters;

    RateLimitFilter(RateLimitSettings settings) {
        this.enabled = settings.enabled();
        this.period = settings.period();
        RateLimiterConfig limit = RateLimiterConfig.custom()
                .limitForPeriod(settings.requests())
                .limitRefreshPeriod(period)
                .timeoutDuration(Duration.ZERO)
                .writableStackTraceEnabled(false)
                .build();
        this.limiters = Caffeine.newBuilder()
                .maximumSize(settings.addresses())
                .expireAfterAccess(period.multipliedBy(2).plusMinutes(1))
                .build(address -> RateLimiter.of("client", limit));
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!enabled || limiters.get(ClientOrigin.of(exchange).network()).acquirePermission()) {
            return chain.filter(exchange);
        }
        return Mono.error(new Failure(Refusals.TOO_MANY_REQUESTS, period, null));
    }

    @Override
    public int getOrder() {
        return ChainOrder.RATE_LIMIT;
    }
}
