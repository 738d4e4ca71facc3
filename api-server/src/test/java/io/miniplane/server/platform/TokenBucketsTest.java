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

    private static final int SIZE = 1000;

    private final AtomicLong now = new AtomicLong(1);
    private final TokenBuckets buckets = new TokenBuckets(10, Duration.ofSeconds(100), SIZE, now::get);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1_000_000_000_000L, Long.MAX_VALUE / 2})
    void tokensComeBackOneByOne(long start) {
        now.set(start);
        drain("ann");
        assertThat(buckets.take("ann")).isEqualTo(Duration.ofSeconds(10));
        pass(Duration.ofSeconds(4));
        assertThat(buckets.take("ann")).isEqualTo(Duration.ofSeconds(6));
        pass(Duration.ofSeconds(6));
        assertThat(buckets.take("ann")).isZero();
        assertThat(buckets.take("ann")).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whoWaitedLongHasNoMoreThanABucketFull() {
        drain("ann");
        pass(Duration.ofHours(5));
        drain("ann");
        assertThat(buckets.take("ann")).isPositive();
    }

    @Test
    void oneHasNoPartInAnothersBucket() {
        drain("ann");
        assertThat(buckets.take("ann")).isPositive();
        assertThat(buckets.take("bob")).isZero();
    }

    @Test
    void manyAtOnceGetNoMoreThanThereIs() {
        TokenBuckets shared = new TokenBuckets(50, Duration.ofHours(50), 100);
        AtomicInteger taken = new AtomicInteger();
        IntStream.range(0, 2000).parallel().forEach(i -> {
            if (shared.take("a").isZero()) {
                taken.incrementAndGet();
            }
        });
        assertThat(taken).hasValue(50);
    }

    @Test
    void theLargestSettingsFitIn() {
        TokenBuckets slow = new TokenBuckets(1_000_000, Duration.ofHours(1_000_000), 100, now::get);
        for (int i = 0; i < 1_000_000; i++) {
            assertThat(slow.take("ann").isZero()).isTrue();
        }
        assertThat(slow.take("ann")).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aFloodTakesBoundedMemoryAndDoesNotFreeWhoAsksTooOften() {
        drain("ann");
        for (int newcomer = 0; newcomer < 200 * SIZE; newcomer++) {
            buckets.take("newcomer " + newcomer);
            if (newcomer % 10 == 0) {
                assertThat(buckets.take("ann")).isPositive();
            }
        }
        assertThat(buckets.size()).isLessThanOrEqualTo(SIZE);
        assertThat(buckets.take("ann")).isPositive();
    }

    private void drain(String who) {
        for (int i = 0; i < 10; i++) {
            assertThat(buckets.take(who)).isZero();
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
