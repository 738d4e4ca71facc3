package io.miniplane.server.wechat.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ForcedRefreshesTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final ForcedRefreshes refreshes = new ForcedRefreshes(() -> now);

    @Test
    void thirty_seconds_lie_between_two() {
        assertThat(refreshes.ask()).isZero();
        now = now.plusSeconds(10);
        assertThat(refreshes.ask()).isEqualTo(Duration.ofSeconds(20));
        now = now.plusSeconds(20);
        assertThat(refreshes.ask()).isZero();
    }

    @Test
    void a_day_has_twenty() {
        for (int i = 0; i < 20; i++) {
            assertThat(refreshes.ask()).isZero();
            now = now.plusSeconds(30);
        }
        assertThat(refreshes.ask()).isEqualTo(Duration.ofDays(1).minusSeconds(600));
        now = now.plus(Duration.ofDays(1)).minusSeconds(600);
        assertThat(refreshes.ask()).isZero();
        assertThat(refreshes.ask()).isEqualTo(Duration.ofSeconds(30));
    }
}
