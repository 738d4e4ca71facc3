package io.miniplane.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketsTest {

    private final AtomicLong now = new AtomicLong();
    private final TokenBuckets buckets = new TokenBuckets(3, Duration.ofSeconds(2), 100, now::get);

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1, Long.MIN_VALUE})
    void aBucketGivesItsTokensAndOneMoreAfterEachInterval(long start) {
        now.set(start);
        for (int i = 0; i < 3; i++) {
            assertThat(buckets.take("a")).isZero();
        }
        assertThat(buckets.take("a")).isEqualTo(Duration.ofSeconds(2));
        advance(Duration.ofMillis(1500));
        assertThat(buckets.take("a")).isEqualTo(Duration.ofMillis(500));
        advance(Duration.ofMillis(500));
        assertThat(buckets.take("a")).isZero();
        assertThat(buckets.take("a")).isEqualTo(Duration.ofSeconds(2));
        advance(Duration.ofMinutes(10));
        for (int i = 0; i < 3; i++) {
            assertThat(buckets.take("a")).isZero();
        }
        assertThat(buckets.take("a")).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void eachKeyHasItsOwn() {
        for (int i = 0; i < 4; i++) {
            buckets.take("a");
        }
        assertThat(buckets.take("b")).isZero();
    }

    @Test
    void manyAtOnceGetNoMoreThanThereIs() {
        TokenBuckets shared = new TokenBuckets(50, Duration.ofHours(1), 100);
        AtomicInteger taken = new AtomicInteger();
        IntStream.range(0, 2000).parallel().forEach(i -> {
            if (shared.take("a").isZero()) {
                taken.incrementAndGet();
            }
        });
        assertThat(taken).hasValue(50);
    }

    private void advance(Duration by) {
        now.addAndGet(by.toNanos());
    }
}
