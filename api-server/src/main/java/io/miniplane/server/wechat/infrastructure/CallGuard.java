package io.miniplane.server.wechat.infrastructure;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.github.resilience4j.reactor.retry.RetryOperator;
import io.github.resilience4j.reactor.timelimiter.TimeLimiterOperator;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.miniplane.server.wechat.WechatFailure;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/**
 * Protects one group of calls. From the inside out: repetition of what certainly had no effect, the time limit of all
 * attempts together, the circuit breaker (which therefore counts calls that ran out of time), the limit of concurrency.
 */
final class CallGuard {

    private static final Duration SHORTLY = Duration.ofSeconds(1);

    private final Retry retry;
    private final TimeLimiter timeLimiter;
    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;

    CallGuard(Retry retry, TimeLimiter timeLimiter, CircuitBreaker breaker, Bulkhead bulkhead) {
        this.retry = retry;
        this.timeLimiter = timeLimiter;
        this.breaker = breaker;
        this.bulkhead = bulkhead;
    }

    /** The same call, protected; its errors are {@link WechatFailure}s. */
    <T> Mono<T> protect(Mono<T> call) {
        return call.transformDeferred(RetryOperator.of(retry))
                .transformDeferred(TimeLimiterOperator.of(timeLimiter))
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .transformDeferred(BulkheadOperator.of(bulkhead))
                .onErrorMap(this::failure);
    }

    /** Whether the breaker counts this as a sign that WeChat is ill. */
    static boolean isIllness(Throwable thrown) {
        return thrown instanceof TimeoutException
                || thrown instanceof WechatFailure.Unavailable
                || thrown instanceof WechatFailure.Unintelligible;
    }

    /** Whether the call may be repeated. */
    static boolean isRepeatable(Throwable thrown) {
        return thrown instanceof WechatFailure.Unavailable unavailable && unavailable.untouched();
    }

    private Throwable failure(Throwable thrown) {
        return switch (thrown) {
            case TimeoutException ignored ->
                new WechatFailure.Unavailable("WeChat did not answer in time", null, SHORTLY, false);
            case CallNotPermittedException ignored ->
                heldBack(
                        "calls are held back after failures",
                        Duration.ofMillis(breaker.getCircuitBreakerConfig()
                                .getWaitIntervalFunctionInOpenState()
                                .apply(1)));
            case BulkheadFullException ignored -> heldBack("too many calls run at once", SHORTLY);
            default -> thrown;
        };
    }

    /** WeChat was not even asked. */
    private static WechatFailure heldBack(String detail, Duration retryAfter) {
        return new WechatFailure.Unavailable(detail, null, retryAfter, true);
    }
}
