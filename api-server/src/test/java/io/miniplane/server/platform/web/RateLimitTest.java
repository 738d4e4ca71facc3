package io.miniplane.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.TokenBuckets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RateLimit limit = new RateLimit("user", new TokenBuckets(1, Duration.ofHours(1), 100), meters);

    @Test
    void aRefusalTellsHowLongToWait() {
        assertThat(limit.take("ann")).isNull();
        Failure refusal = Objects.requireNonNull(limit.take("ann"));
        assertThat(refusal.code()).isEqualTo(Refusals.TOO_MANY_REQUESTS);
        assertThat(refusal.retryAfter()).isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
    }

    @Test
    void refusalsAreCountedFromZero() {
        assertThat(refused()).isZero();
        limit.take("ann");
        limit.take("ann");
        limit.take("ann");
        assertThat(refused()).isEqualTo(2);
    }

    private double refused() {
        return meters.get("miniplane.rate.limited")
                .tag("scope", "user")
                .counter()
                .count();
    }
}
