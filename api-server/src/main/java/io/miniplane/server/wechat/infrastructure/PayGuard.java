package io.miniplane.server.wechat.infrastructure;

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
import io.miniplane.server.wechat.PayFailure;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/**
 * Protects the calls of WeChat Pay, in the order of {@link CallGuard}. All of them may be repeated with the same parameters, so they are after any
 * failure of WeChat Pay's own, and where it answers that it took the call and wants to hear it again.
 */
final class PayGuard {

    private static final String NAME = "wechat-pay";
    private static final int ATTEMPTS = 3;
    private static final int MOST_AT_ONCE = 256;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(150);
    private static final int WINDOW = 20;
    private static final int MINIMUM_CALLS = 10;
    private static final float FAILURE_PERCENT = 50;
    private static final int TRIAL_CALLS = 3;
    private static final Duration SHORTLY = Duration.ofSeconds(1);

    private final RetryRegistry retries;
    private final TimeLimiterRegistry timeLimiters;
    private final CircuitBreakerRegistry breakers;
    private final BulkheadRegistry bulkheads;
    private final Duration openFor;

    /**
     * @param timeLimit the longest that a call with its repetitions may take
     * @param openFor how long calls are held back once half of the last ones failed
     */
    PayGuard(Duration timeLimit, Duration openFor) {
        this.openFor = openFor;
        retries = RetryRegistry.of(RetryConfig.custom()
                .maxAttempts(ATTEMPTS)
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2, 0.5))
                .retryOnException(thrown -> thrown instanceof PayFailure.Unavailable away && away.isRepeatable())
                .build());
        timeLimiters = TimeLimiterRegistry.of(
                TimeLimiterConfig.custom().timeoutDuration(timeLimit).build());
        breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindow(WINDOW, MINIMUM_CALLS, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(FAILURE_PERCENT)
                .waitDurationInOpenState(openFor)
                .permittedNumberOfCallsInHalfOpenState(TRIAL_CALLS)
                .recordException(PayGuard::isIllness)
                .writableStackTraceEnabled(false)
                .build());
        bulkheads = BulkheadRegistry.of(BulkheadConfig.custom()
                .maxConcurrentCalls(MOST_AT_ONCE)
                .maxWaitDuration(Duration.ZERO)
                .writableStackTraceEnabled(false)
                .build());
    }

    /** The same call, protected; its errors are {@link PayFailure}s. */
    <T> Mono<T> protect(Mono<T> call) {
        return call.transformDeferred(RetryOperator.of(retries.retry(NAME)))
                .transformDeferred(TimeLimiterOperator.of(timeLimiters.timeLimiter(NAME)))
                .transformDeferred(CircuitBreakerOperator.of(breakers.circuitBreaker(NAME)))
                .transformDeferred(BulkheadOperator.of(bulkheads.bulkhead(NAME)))
                .onErrorMap(this::failure);
    }

    void bindTo(MeterRegistry meters) {
        TaggedRetryMetrics.ofRetryRegistry(retries).bindTo(meters);
        TaggedTimeLimiterMetrics.ofTimeLimiterRegistry(timeLimiters).bindTo(meters);
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
        TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads).bindTo(meters);
    }

    private static boolean isIllness(Throwable thrown) {
        return thrown instanceof TimeoutException
                || thrown instanceof PayFailure.Unavailable
                || thrown instanceof PayFailure.Unintelligible;
    }

    private Throwable failure(Throwable thrown) {
        return switch (thrown) {
            case TimeoutException ignored -> heldBack("WeChat Pay did not answer in time", SHORTLY);
            case CallNotPermittedException ignored -> heldBack("calls are held back after failures", openFor);
            case BulkheadFullException ignored -> heldBack("too many calls run at once", SHORTLY);
            default -> thrown;
        };
    }

    private static PayFailure heldBack(String detail, Duration retryAfter) {
        return new PayFailure.Unavailable(detail, null, retryAfter, true);
    }
}
