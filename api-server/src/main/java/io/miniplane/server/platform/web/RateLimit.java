package io.miniplane.server.platform.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.TokenBuckets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Refuses those whose bucket is empty, and counts how often. */
final class RateLimit {

    private final TokenBuckets buckets;
    private final Counter refused;

    /**
     * A limit that has refused nobody yet.
     *
     * @param scope what a bucket stands for, as the metric names it
     */
    RateLimit(String scope, TokenBuckets buckets, MeterRegistry meters) {
        this.buckets = buckets;
        this.refused = Counter.builder("miniplane.rate.limited")
                .description("Requests turned away because of too many from one address or user")
                .tag("scope", scope)
                .register(meters);
    }

    /** Takes a token; the refusal with the time until the next one, or null where there was one. */
    @Nullable
    Failure take(String who) {
        Duration wait = buckets.take(who);
        if (wait.isZero()) {
            return null;
        }
        refused.increment();
        return new Failure(Refusals.TOO_MANY_REQUESTS, wait, null);
    }
}
