package io.miniplane.server.platform;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** One token bucket per key, in the memory of this replica; a bounded number of keys is remembered, the least used are forgotten first. */
public final class TokenBuckets {

    private final Ticker clock;
    private final long interval;
    private final long capacity;
    private final LoadingCache<String, AtomicLong> fullAt;

    /**
     * Buckets that are full at first.
     *
     * @param tokens how many a bucket holds, 1 or more
     * @param interval after how long a token comes back, 1 ns or more
     * @param keys how many buckets are remembered
     */
    public TokenBuckets(int tokens, Duration interval, long keys) {
        this(tokens, interval, keys, Ticker.systemTicker());
    }

    TokenBuckets(int tokens, Duration interval, long keys, Ticker clock) {
        this.clock = clock;
        this.interval = interval.toNanos();
        this.capacity = Math.multiplyExact(this.interval, (long) tokens);
        this.fullAt = Caffeine.newBuilder()
                .maximumSize(keys)
                .ticker(clock)
                .expireAfterAccess(Duration.ofNanos(capacity).plusMinutes(1))
                .build(key -> new AtomicLong(clock.read()));
    }

    /**
     * Takes a token from the bucket of a key.
     *
     * @return zero where there was one, else how long until there is one
     */
    public Duration take(String key) {
        AtomicLong bucket = fullAt.get(key);
        while (true) {
            long now = clock.read();
            long before = bucket.get();
            long missing = Math.max(0, before - now) + interval;
            if (missing > capacity) {
                return Duration.ofNanos(missing - capacity);
            }
            if (bucket.compareAndSet(before, now + missing)) {
                return Duration.ZERO;
            }
        }
    }
}
