package io.miniplane.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.miniplane.server.platform.Failure;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {

    private static final int SIZE = 1000;

    private final AtomicLong now = new AtomicLong(1);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TokenBuckets buckets = new TokenBuckets("user", 10, Duration.ofSeconds(100), SIZE, now::get, meters);

    @Test
    void tokensComeBackOneByOne() {
        drain("ann");
        assertThat(wait("ann")).isEqualTo(Duration.ofSeconds(10));
        pass(Duration.ofSeconds(4));
        assertThat(wait("ann")).isEqualTo(Duration.ofSeconds(6));
        pass(Duration.ofSeconds(6));
        assertThat(buckets.take("ann")).isNull();
        assertThat(wait("ann")).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whoWaitedLongHasNoMoreThanABucketFull() {
        drain("ann");
        pass(Duration.ofHours(5));
        drain("ann");
        assertThat(buckets.take("ann")).isNotNull();
    }

    @Test
    void oneHasNoPartInAnothersBucket() {
        drain("ann");
        assertThat(buckets.take("ann")).isNotNull();
        assertThat(buckets.take("bob")).isNull();
    }

    @Test
    void refusalsAreCountedFromZero() {
        assertThat(refused()).isZero();
        drain("ann");
        buckets.take("ann");
        buckets.take("ann");
        assertThat(refused()).isEqualTo(2);
    }

    @Test
    void aFloodTakesBoundedMemoryAndDoesNotFreeWhoAsksTooOften() {
        drain("ann");
        for (int newcomer = 0; newcomer < 200 * SIZE; newcomer++) {
            buckets.take("newcomer " + newcomer);
            if (newcomer % 10 == 0) {
                assertThat(buckets.take("ann")).isNotNull();
            }
        }
        assertThat(buckets.size()).isLessThanOrEqualTo(SIZE);
        assertThat(buckets.take("ann")).isNotNull();
    }

    private void drain(String who) {
        for (int i = 0; i < 10; i++) {
            assertThat(buckets.take(who)).isNull();
        }
    }

    private Duration wait(String who) {
        Failure refusal = Objects.requireNonNull(buckets.take(who));
        assertThat(refusal.code()).isEqualTo(Refusals.TOO_MANY_REQUESTS);
        return Objects.requireNonNull(refusal.retryAfter());
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private double refused() {
        return meters.get("miniplane.rate.limited")
                .tag("scope", "user")
                .counter()
                .count();
    }
}
