package io.miniplane.server.platform;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;

/**
 * A token bucket for each of those who ask, in the memory of this replica. So many are remembered; those who ask rarely are forgotten first, so a
 * flood of newcomers does not free one who asks too often.
 */
public final class TokenBuckets {

    private final LoadingCache<String, Bucket> buckets;

    /**
     * Buckets that are full at first.
     *
     * @param tokens how many a bucket holds, 1 or more
     * @param period how long an empty bucket takes to fill; one that lay unused for as long is full and need not be remembered
     * @param size how many buckets are remembered
     */
    public TokenBuckets(int tokens, Duration period, long size) {
        this(tokens, period, size, Ticker.systemTicker());
    }

    TokenBuckets(int tokens, Duration period, long size, Ticker clock) {
        this.buckets = Caffeine.newBuilder()
                .maximumSize(size)
                .expireAfterAccess(period)
                .ticker(clock)
                .build(who -> bucket(tokens, period, clock));
    }

    /**
     * Takes a token.
     *
     * @return zero where there was one, else how long until there is one
     */
    public Duration take(String who) {
        ConsumptionProbe taken = buckets.get(who).tryConsumeAndReturnRemaining(1);
        return Duration.ofNanos(taken.isConsumed() ? 0 : Math.max(1, taken.getNanosToWaitForRefill()));
    }

    /** How many buckets are remembered now. */
    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    /** A lock that is held for a few additions costs less than the copy that a lock-free bucket makes for each request. */
    private static Bucket bucket(int tokens, Duration period, Ticker clock) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(tokens).refillGreedy(tokens, period))
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
