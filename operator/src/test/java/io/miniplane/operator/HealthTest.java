package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthTest {

    private final AtomicBoolean started = new AtomicBoolean(true);
    private final AtomicBoolean watching = new AtomicBoolean(true);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final Health health = new Health(started::get, watching::get, clock);

    @Test
    void aWatchThatBreaksOffForAMomentIsNoReasonToRestart() {
        watching.set(false);
        assertThat(health.liveness().good()).isTrue();
        later(Health.PATIENCE.minusSeconds(1));
        assertThat(health.liveness().good()).isTrue();

        watching.set(true);
        assertThat(health.liveness().good()).isTrue();
        watching.set(false);
        later(Duration.ofSeconds(2));
        assertThat(health.liveness().good()).isTrue();
    }

    @Test
    void watchesThatStayBrokenAreAReasonToRestart() {
        watching.set(false);
        assertThat(health.liveness().good()).isTrue();
        later(Health.PATIENCE.plusSeconds(1));

        assertThat(health.liveness().good()).isFalse();
    }

    @Test
    void readinessFollowsStartAndStop() {
        started.set(false);
        assertThat(health.readiness().good()).isFalse();
        started.set(true);
        assertThat(health.readiness().good()).isTrue();
        health.stop();
        assertThat(health.readiness().good()).isFalse();
    }

    private void later(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }
}
