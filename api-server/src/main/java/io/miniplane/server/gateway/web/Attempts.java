package io.miniplane.server.gateway.web;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Waits for the head of the container's answer: at most so long since the last piece of the request's body went out, again where nothing came of it and
 * nothing can have happened twice, and not at all while the container is left alone.
 */
final class Attempts implements GlobalFilter, Ordered {

    private static final Set<HttpMethod> REPEATABLE =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.OPTIONS);
    private static final Set<Integer> ILL = Set.of(502, 503, 504);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    /** Between what writes the answer and what asks for it: here the answer has a head and no more. */
    @Override
    public int getOrder() {
        return 0;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        ProxiedRoute route = Objects.requireNonNull(ProxiedRoute.of(exchange));
        if (WebSocketPassage.isWanted(exchange)) {
            return guarded(route.breaker(), exchange, chain.filter(exchange));
        }
        Sending sending = new Sending(exchange.getRequest());
        ServerWebExchange watched = exchange.mutate().request(sending).build();
        Mono<Void> answer = guarded(route.breaker(), exchange, Mono.defer(() -> chain.filter(watched)));
        Mono<Void> again = route.settings().retries() == 0
                ? answer
                : answer.retryWhen(Retry.backoff(route.settings().retries(), FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .filter(error -> mayBeRepeated(exchange, sending, error))
                        .doBeforeRetry(signal -> ServerWebExchangeUtils.reset(exchange))
                        .onRetryExhaustedThrow((spec, signal) -> signal.failure()));
        return Sending.untilSilent(again, sending, exchange, route.settings().timeout());
    }

    private static boolean mayBeRepeated(ServerWebExchange exchange, Sending sending, Throwable error) {
        return REPEATABLE.contains(exchange.getRequest().getMethod())
                && UpstreamFailures.isIllness(error)
                && !(error instanceof TimeoutException)
                && !sending.hasBegun()
                && !exchange.getResponse().isCommitted();
    }

    /** Counts answers and their absence; who hangs up counts as neither. */
    static Mono<Void> guarded(CircuitBreaker breaker, ServerWebExchange exchange, Mono<Void> attempt) {
        return Mono.defer(() -> {
            if (!breaker.tryAcquirePermission()) {
                return Mono.error(CallNotPermittedException.createCallNotPermittedException(breaker));
            }
            long start = System.nanoTime();
            AtomicBoolean told = new AtomicBoolean();
            return attempt.doOnSuccess(nothing -> tell(told, () -> answered(breaker, exchange, since(start))))
                    .doOnError(error -> tell(told, () -> failed(breaker, error, since(start))))
                    .doOnCancel(() -> tell(told, () -> cancelled(breaker, exchange, since(start))));
        });
    }

    private static void tell(AtomicBoolean told, Runnable what) {
        if (told.compareAndSet(false, true)) {
            what.run();
        }
    }

    private static void answered(CircuitBreaker breaker, ServerWebExchange exchange, long nanos) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        if (status != null && ILL.contains(status.value())) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, new IllnessToldByStatus());
        } else {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private static void failed(CircuitBreaker breaker, Throwable error, long nanos) {
        if (UpstreamFailures.isIllness(error)) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, error);
        } else {
            breaker.releasePermission();
        }
    }

    private static void cancelled(CircuitBreaker breaker, ServerWebExchange exchange, long nanos) {
        if (Boolean.TRUE.equals(exchange.getAttribute(Sending.LATE))) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, new TimeoutException());
        } else {
            breaker.releasePermission();
        }
    }

    private static long since(long start) {
        return System.nanoTime() - start;
    }

    /** The container says by its status that it is ill. */
    private static final class IllnessToldByStatus extends Exception {

        IllnessToldByStatus() {
            super("the container answers 502, 503 or 504", null, false, false);
        }
    }
}
