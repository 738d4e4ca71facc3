package io.miniplane.server.inventory.infrastructure;

import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedRetryMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedTimeLimiterMetrics;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.github.resilience4j.reactor.retry.RetryOperator;
import io.github.resilience4j.reactor.timelimiter.TimeLimiterOperator;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/**
 * Protects us from an ill stock service, and it from us. From the inside out: repetition, because every act of the contract can be repeated; the time
 * limit of all attempts together; the circuit breaker; the limit of concurrency.
 */
final class StockServiceGuard {

    private static final String NAME = "stock-service";

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

    StockServiceGuard(RemoteSettings settings) {
        retries = RetryRegistry.of(retry());
        timeLimiters = TimeLimiterRegistry.of(
                TimeLimiterConfig.custom().timeoutDuration(settings.timeLimit()).build());
        breakers = CircuitBreakerRegistry.of(breaker(settings));
        bulkheads = BulkheadRegistry.of(bulkhead(settings));
    }

    /** The same call, protected; its errors are {@link StockServiceFailure}s. */
    <T> Mono<T> protect(Mono<T> call) {
        return call.transformDeferred(RetryOperator.of(retries.retry(NAME)))
                .transformDeferred(TimeLimiterOperator.of(timeLimiters.timeLimiter(NAME)))
                .transformDeferred(CircuitBreakerOperator.of(breakers.circuitBreaker(NAME)))
                .transformDeferred(BulkheadOperator.of(bulkheads.bulkhead(NAME)))
                .onErrorMap(StockServiceGuard::failure);
    }

    void bindTo(MeterRegistry meters) {
        TaggedRetryMetrics.ofRetryRegistry(retries).bindTo(meters);
        TaggedTimeLimiterMetrics.ofTimeLimiterRegistry(timeLimiters).bindTo(meters);
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
        TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads).bindTo(meters);
    }

    private static Throwable failure(Throwable thrown) {
        return switch (thrown) {
            case TimeoutException ignored ->
                new StockServiceFailure.Unavailable("the stock service did not answer in time");
            case CallNotPermittedException ignored ->
                new StockServiceFailure.Unavailable("calls of the stock service are held back after failures");
            case BulkheadFullException ignored ->
                new StockServiceFailure.Unavailable("too many calls of the stock service run at once");
            default -> thrown;
        };
    }

    private static RetryConfig retry() {
        return RetryConfig.custom()
                .maxAttempts(ATTEMPTS)
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, PAUSE_GROWTH, PAUSE_JITTER))
                .retryOnException(StockServiceFailure.Unavailable.class::isInstance)
                .build();
    }

    private static CircuitBreakerConfig breaker(RemoteSettings settings) {
        return CircuitBreakerConfig.custom()
                .slidingWindow(WINDOW, MINIMUM_CALLS, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(FAILURE_PERCENT)
                .waitDurationInOpenState(settings.breakerOpenFor())
                .permittedNumberOfCallsInHalfOpenState(TRIAL_CALLS)
                .writableStackTraceEnabled(false)
                .build();
    }

    private static BulkheadConfig bulkhead(RemoteSettings settings) {
        return BulkheadConfig.custom()
                .maxConcurrentCalls(settings.maxConcurrentCalls())
                .maxWaitDuration(Duration.ZERO)
                .writableStackTraceEnabled(false)
                .build();
    }
}
