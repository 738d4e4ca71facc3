package io.miniplane.server.gateway.web;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.miniplane.server.platform.BodyLimit;
import io.miniplane.server.platform.TokenBuckets;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;

/** A route to the container with what protects it. */
final class ProxiedRoute {

    private static final String ATTRIBUTE = ProxiedRoute.class.getName();
    private static final String EVERYBODY = "";
    private static final int WINDOW = 20;
    private static final int MINIMUM_CALLS = 10;
    private static final int TRIAL_CALLS = 3;

    private final PathPattern path;
    private final RouteSettings settings;
    private final BodyLimit bodyLimit;
    private final CircuitBreaker breaker;
    private final @Nullable TokenBuckets limit;
    private final Route route;

    ProxiedRoute(PathPattern path, RouteSettings settings, URI upstream) {
        this.path = path;
        this.settings = settings;
        this.bodyLimit = new BodyLimit(settings.bodyLimit().toBytes());
        this.breaker = CircuitBreaker.of(path.getPatternString(), breaker(settings.breaker()));
        this.limit = settings.rateLimit() == null
                ? null
                : new TokenBuckets(
                        settings.rateLimit().requests(), settings.rateLimit().per(), 1);
        this.route = Route.async()
                .id(path.getPatternString() + " " + settings.methods())
                .uri(upstream)
                .predicate(exchange -> true)
                .replaceFilters(List.of())
                .build();
    }

    /** The route that the exchange goes to, or null where it stays here. */
    static @Nullable ProxiedRoute of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    void attachTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    PathPattern path() {
        return path;
    }

    RouteSettings settings() {
        return settings;
    }

    BodyLimit bodyLimit() {
        return bodyLimit;
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    Route route() {
        return route;
    }

    /** Zero where one more may ask now, else how long until one may. */
    Duration untilFree() {
        return limit == null ? Duration.ZERO : limit.take(EVERYBODY);
    }

    private static CircuitBreakerConfig breaker(RouteSettings.Breaker settings) {
        return CircuitBreakerConfig.custom()
                .slidingWindow(WINDOW, MINIMUM_CALLS, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold((float) (settings.failureRate() * 100))
                .waitDurationInOpenState(settings.openFor())
                .permittedNumberOfCallsInHalfOpenState(TRIAL_CALLS)
                .writableStackTraceEnabled(false)
                .build();
    }
}
