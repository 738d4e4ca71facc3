package io.miniplane.server.wechat.infrastructure;

import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedRetryMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedTimeLimiterMetrics;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The protection of every group, with its metrics. */
final class CallGuards {

    /** How long a call of the team's own container may take: it may carry a file, and WeChat Cloud Run gives it as long. */
    static final Duration OPEN_CALL = Duration.ofSeconds(15);

    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final double PAUSE_GROWTH = 2;
    private static final double PAUSE_JITTER = 0.5;

    private static final int WINDOW = 20;
    private static final int MINIMUM_CALLS = 10;
    private static final float FAILURE_PERCENT = 50;
    private static final int TRIAL_CALLS = 3;

    private final RetryRegistry retries;
    private final TimeLimiterRegistry timeLimiters;
    private final CircuitBreakerRegistry breakers;
    private final BulkheadRegistry bulkheads;
    private final Map<CallGroup, CallGuard> guards = new EnumMap<>(CallGroup.class);

    CallGuards(WechatSettings settings) {
        retries = RetryRegistry.of(retry());
        timeLimiters = TimeLimiterRegistry.of(timeLimiter(settings.timeLimit()));
        breakers = CircuitBreakerRegistry.of(breaker(settings));
        bulkheads = BulkheadRegistry.of(bulkhead(settings));
        for (CallGroup group : CallGroup.values()) {
            String id = group.id();
            guards.put(
                    group,
                    new CallGuard(
                            retries.retry(id),
                            timeLimiters.timeLimiter(id, timeLimiter(limit(group, settings))),
                            breakers.circuitBreaker(id),
                            bulkheads.bulkhead(id)));
        }
    }

    CallGuard of(CallGroup group) {
        return Objects.requireNonNull(guards.get(group));
    }

    void bindTo(MeterRegistry meters) {
        TaggedRetryMetrics.ofRetryRegistry(retries).bindTo(meters);
        TaggedTimeLimiterMetrics.ofTimeLimiterRegistry(timeLimiters).bindTo(meters);
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
        TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads).bindTo(meters);
    }

    private static RetryConfig retry() {
        return RetryConfig.custom()
                .maxAttempts(ATTEMPTS)
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, PAUSE_GROWTH, PAUSE_JITTER))
                .retryOnException(CallGuard::isRepeatable)
                .build();
    }

    private static TimeLimiterConfig timeLimiter(Duration limit) {
        return TimeLimiterConfig.custom().timeoutDuration(limit).build();
    }

    private static Duration limit(CallGroup group, WechatSettings settings) {
        return group == CallGroup.CONTAINER ? OPEN_CALL : settings.timeLimit();
    }

    private static CircuitBreakerConfig breaker(WechatSettings settings) {
        return CircuitBreakerConfig.custom()
                .slidingWindow(WINDOW, MINIMUM_CALLS, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(FAILURE_PERCENT)
                .waitDurationInOpenState(settings.breakerOpenFor())
                .permittedNumberOfCallsInHalfOpenState(TRIAL_CALLS)
                .recordException(CallGuard::isIllness)
                .writableStackTraceEnabled(false)
                .build();
    }

    private static BulkheadConfig bulkhead(WechatSettings settings) {
        return BulkheadConfig.custom()
                .maxConcurrentCalls(settings.maxConcurrentCalls())
                .maxWaitDuration(Duration.ZERO)
                .writableStackTraceEnabled(false)
                .build();
    }
}
