package io.miniplane.operator.signals;

import static io.miniplane.operator.signals.Readings.STARTED;
import static io.miniplane.operator.signals.Readings.pod;
import static io.miniplane.operator.signals.Readings.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrafficMeterTest {

    private final TrafficMeter meter = new TrafficMeter();
    private Instant now = Instant.parse("2026-11-29T10:00:00Z");

    @Test
    void ratesOfAllPodsAreAddedOnceEachCanBeComparedWithItself() {
        assertThat(round(pod("a", 5000), pod("b", 70))).isEmpty();
        assertThat(round(pod("a", 5150), pod("b", 370))).contains(new Traffic(30, true));
    }

    @Test
    void theLastMinuteCounts() {
        round(pod("a", 0));
        round(pod("a", 1500));
        round(pod("a", 1500));
        assertThat(round(pod("a", 1500)).orElseThrow().qps()).isCloseTo(1500 / 45.0, within(1e-9));
        round(pod("a", 1500));
        assertThat(round(pod("a", 1500)).orElseThrow().qps()).isZero();
    }

    @Test
    void aServerThatRestartedBeganAtZero() {
        round(pod("a", 10_000));
        Traffic traffic = round(pod("a", 150, STARTED.plusSeconds(4000))).orElseThrow();
        assertThat(traffic).isEqualTo(new Traffic(10, true));
    }

    @Test
    void whatASilentPodHadStillCountsForAWhileButTheTrafficIsNotCompleteThen() {
        round(pod("a", 0), pod("b", 0));
        round(pod("a", 150), pod("b", 150));
        assertThat(round(pod("a", 300), silent("b"))).contains(new Traffic(20, false));
    }

    @Test
    void aPodThatIsNewMakesTheTrafficIncompleteUntilItCanBeCompared() {
        round(pod("a", 0));
        assertThat(round(pod("a", 150), pod("b", 99))).contains(new Traffic(10, false));
        assertThat(round(pod("a", 300), pod("b", 249))).contains(new Traffic(20, true));
    }

    @Test
    void aPodThatIsGoneCountsNoMore() {
        round(pod("a", 0), pod("b", 0));
        round(pod("a", 150), pod("b", 150));
        assertThat(round(pod("a", 300))).contains(new Traffic(10, true));
    }

    private Optional<Traffic> round(PodReading... readings) {
        now = now.plusSeconds(15);
        return meter.observe(List.of(readings), now);
    }
}
