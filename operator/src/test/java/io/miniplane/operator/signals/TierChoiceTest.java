package io.miniplane.operator.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.crd.v1alpha1.Tier;
import io.miniplane.crd.v1alpha1.Timespan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TierChoiceTest {

    private static final Duration ROUND = Duration.ofSeconds(15);
    private static final List<Tier> TIERS = List.of(tier(1000, 2, "5m"), tier(3000, 4, "3m"), tier(null, 8, "1m"));

    private final TierChoice choice = new TierChoice();
    private Instant now = Instant.parse("2026-11-29T10:00:00Z");
    private int tier = 1;

    @Test
    void aTierHoldsAtOnceWhenItsTrafficHasLastedAsLongAsItAsks() {
        traffic(1500, Duration.ofMinutes(3));
        assertThat(tier).isEqualTo(1);
        traffic(1500, ROUND);
        assertThat(tier).as("after three minutes").isEqualTo(2);
    }

    @Test
    void trafficThatBreaksOffBeginsAnew() {
        traffic(1500, Duration.ofMinutes(3));
        traffic(900, ROUND);
        traffic(1500, Duration.ofMinutes(3));
        assertThat(tier).isEqualTo(1);
        traffic(1500, ROUND);
        assertThat(tier).isEqualTo(2);
    }

    @Test
    void muchTrafficSkipsATierBecauseTheHighestOneWaitsLeast() {
        traffic(5000, Duration.ofSeconds(75));
        assertThat(tier).isEqualTo(3);
    }

    @Test
    void theUpperBoundStillBelongsToItsTier() {
        traffic(1000, Duration.ofMinutes(30));
        assertThat(tier).isEqualTo(1);
    }

    @Test
    void aTierIsLeftAfterTenMinutesBelowFourFifthsOfItsBound() {
        tier = 2;
        traffic(799, Duration.ofMinutes(10));
        assertThat(tier).isEqualTo(2);
        traffic(799, ROUND);
        assertThat(tier).isEqualTo(1);
    }

    @Test
    void trafficCloseBelowTheBoundKeepsTheTier() {
        tier = 2;
        traffic(800, Duration.ofHours(2));
        assertThat(tier).isEqualTo(2);
        traffic(799, Duration.ofMinutes(9));
        traffic(801, ROUND);
        traffic(799, Duration.ofMinutes(9));
        assertThat(tier).as("after a break").isEqualTo(2);
    }

    @Test
    void whenTrafficVanishesTheLowestTierThatFitsHolds() {
        tier = 3;
        traffic(1200, Duration.ofMinutes(11));
        assertThat(tier).as("below 2400 and not below 800").isEqualTo(2);
        traffic(0, Duration.ofMinutes(11));
        assertThat(tier).isEqualTo(1);
    }

    @Test
    void trafficThatIsOnlyPartlyKnownCanRaiseATierAndNeverLowerIt() {
        tier = 2;
        partly(10, Duration.ofHours(1));
        assertThat(tier).isEqualTo(2);
        partly(4000, Duration.ofSeconds(75));
        assertThat(tier).isEqualTo(3);
    }

    @Test
    void aShortGapDoesNotBeginAnewButALongOneDoes() {
        tier = 2;
        traffic(100, Duration.ofMinutes(9));
        now = now.plusSeconds(45);
        traffic(100, Duration.ofSeconds(30));
        assertThat(tier).as("short gap").isEqualTo(1);

        tier = 2;
        traffic(900, ROUND);
        traffic(100, Duration.ofMinutes(9));
        now = now.plusSeconds(75);
        traffic(100, Duration.ofMinutes(9));
        assertThat(tier).as("long gap").isEqualTo(2);
    }

    @Test
    void otherTiersInTheManifestBeginAnewAndATierThatIsGoneIsLeft() {
        tier = 3;
        traffic(5000, Duration.ofMinutes(2));
        List<Tier> fewer = List.of(tier(10_000, 2, "1m"), tier(null, 3, "1m"));
        tier = choice.choose(fewer, tier, new Traffic(5000, true), now);
        assertThat(tier).isEqualTo(2);
        assertThat(choice.choose(List.of(tier(null, 1, "1m")), tier, new Traffic(5000, true), now))
                .isEqualTo(1);
    }

    private void traffic(double qps, Duration length) {
        rounds(new Traffic(qps, true), length);
    }

    private void partly(double qps, Duration length) {
        rounds(new Traffic(qps, false), length);
    }

    private void rounds(Traffic traffic, Duration length) {
        Instant end = now.plus(length);
        while (now.isBefore(end)) {
            tier = choice.choose(TIERS, tier, traffic, now);
            now = now.plus(ROUND);
        }
    }

    private static Tier tier(@Nullable Integer upToQps, int minReplicas, String sustainedFor) {
        return new Tier(upToQps, minReplicas, 60, new Timespan(sustainedFor));
    }
}
