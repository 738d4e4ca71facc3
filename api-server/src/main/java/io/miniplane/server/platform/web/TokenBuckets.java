package io.miniplane.server.platform.web;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.platform.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket for each of those who ask, in the memory of this replica. So many are remembered; those who ask rarely are forgotten first, so a
 * flood of newcomers does not free one who asks too often.
 */
final class TokenBuckets {

    private final LoadingCache<String, Bucket> buckets;
    private final Counter refused;

    /**
     * @param scope what a bucket stands for, as the metric names it
     * @param requests how many tokens a bucket holds
     * @param period how long an empty bucket takes to fill; one that lay unused for as long is full and need not be remembered
     * @param size how many buckets are remembered
     * @param clock nanoseconds that only grow
     */
    TokenBuckets(String scope, int requests, Duration period, long size, Ticker clock, MeterRegistry meters) {
        this.buckets = Caffeine.newBuilder()
                .maximumSize(size)
                .expireAfterAccess(period)
                .ticker(clock)
                .build(who -> bucket(requests, period, clock));
        this.refused = Counter.builder("miniplane.rate.limited")
                .description("Requests turned away because of too many from one address or user")
                .tag("scope", scope)
                .register(meters);
    }

    /** Takes a token; the refusal with the time until the next one, or null where there was one. */
    @Nullable
    Failure take(String who) {
        Bucket bucket = buckets.get(who);
        if (bucket.tryConsume(1)) {
            return null;
        }
        refused.increment();
        long wait = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        return new Failure(Refusals.TOO_MANY_REQUESTS, Duration.ofNanos(wait), null);
    }

    /** How many buckets are remembered now. */
    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    /** A lock that is held for a few additions costs less than the copy that a lock-free bucket makes for each request. */
    private static Bucket bucket(int requests, Duration period, Ticker clock) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(requests).refillGreedy(requests, period))
                .withCustomTimePrecision(new Nanoseconds(clock))
                .withSynchronizationStrategy(SynchronizationStrategy.SYNCHRONIZED)
                .build();
    }

    private record Nanoseconds(Ticker clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return clock.read();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
