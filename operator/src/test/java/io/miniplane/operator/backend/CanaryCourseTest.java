package io.miniplane.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.crd.v1alpha1.CanaryStep;
import io.miniplane.crd.v1alpha1.RolloutStatus.Phase;
import io.miniplane.crd.v1alpha1.Timespan;
import io.miniplane.operator.backend.CanaryCourse.Decision;
import io.miniplane.operator.backend.CanaryCourse.Sight;
import io.miniplane.operator.objects.Failure;
import io.miniplane.operator.objects.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CanaryCourseTest {

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
    private static final CanaryHealth WELL = new CanaryHealth.Well();
    private static final CanaryHealth UNCLEAR = new CanaryHealth.Unclear("pod a can't be read");
    private static final CanaryHealth ILL = new CanaryHealth.Ill(new Failure("TooManyErrors", "9 %"));
    private static final Outcome READY = new Outcome.Serving();
    private static final Outcome STARTING = new Outcome.UnderWay(Optional.empty());
    private static final List<CanaryStep> STEPS =
            List.of(new CanaryStep(5, new Timespan("10m")), new CanaryStep(50, null), new CanaryStep(100, null));
    private static final Trial FIRST = Trial.of("v2");

    @Test
    void aStepBeginsWhenItsPodsAreReadyAndHasNoTrafficBefore() {
        assertThat(decide(FIRST, STARTING, WELL)).isEqualTo(stay(Phase.STARTING));
        assertThat(course(FIRST).weight()).isZero();

        assertThat(decide(FIRST, READY, UNCLEAR)).isEqualTo(new Decision.Go(FIRST.begun(NOW)));
        assertThat(course(FIRST.begun(NOW)).weight()).isEqualTo(5);
        Trial second = FIRST.begun(NOW).next(null, 3);
        assertThat(course(second).weight())
                .as("that of the step before, until pods for more are ready")
                .isEqualTo(5);
    }

    @Test
    void aStepEndsAfterItsPauseAndOnlyWhenAllIsWell() {
        Trial young = FIRST.begun(NOW.minus(Duration.ofMinutes(9)));
        Trial old = FIRST.begun(NOW.minus(Duration.ofMinutes(10)));

        assertThat(decide(young, READY, WELL))
                .isEqualTo(new Decision.Stay(Phase.WATCHING, Optional.empty(), Optional.of(Duration.ofMinutes(1))));
        assertThat(decide(old, READY, WELL)).isEqualTo(new Decision.Go(new Trial("v2", 1, null, null, false)));
        assertThat(hold(decide(old, READY, UNCLEAR))).isEqualTo("pod a can't be read");
        assertThat(hold(decide(old, STARTING, WELL))).isEqualTo("not all of its pods are ready");
    }

    @Test
    void aStepWithoutPauseWaitsForAPromotionWhichCountsOnce() {
        Trial waiting = new Trial("v2", 1, NOW, null, false);

        assertThat(decide(waiting, READY, WELL)).isEqualTo(stay(Phase.AWAITING_PROMOTION));
        Trial last = new Trial("v2", 2, null, "now", false);
        assertThat(decide(waiting, READY, UNCLEAR, "now")).isEqualTo(new Decision.Go(last));
        assertThat(decide(last, READY, WELL, "now")).isEqualTo(new Decision.Go(last.begun(NOW)));
        assertThat(decide(last.begun(NOW), READY, WELL, "now")).isEqualTo(stay(Phase.AWAITING_PROMOTION));
        assertThat(decide(last.begun(NOW), READY, WELL, null))
                .isEqualTo(new Decision.Go(last.begun(NOW).readyForPromotion()));
        assertThat(decide(last.begun(NOW).readyForPromotion(), READY, WELL, "now"))
                .isEqualTo(new Decision.Go(new Trial("v2", 2, NOW, "now", true)));
    }

    @Test
    void aPromotionWaitsForThePodsOfTheStep() {
        assertThat(decide(FIRST, STARTING, WELL, "now")).isEqualTo(stay(Phase.STARTING));
    }

    @Test
    void afterTheLastStepTheOthersFollow() {
        Trial promoted = new Trial("v2", 2, NOW, null, true);

        assertThat(decide(promoted, READY, UNCLEAR)).isEqualTo(stay(Phase.PROMOTING));
        assertThat(course(promoted).weight()).isEqualTo(100);
    }

    @Test
    void whateverFailsSendsItBackInEveryStep() {
        Trial promoted = new Trial("v2", 2, NOW, null, true);
        Failure crash = new Failure("CrashLoopBackOff", "exit code 1");

        for (Trial trial : List.of(FIRST, FIRST.begun(NOW), promoted)) {
            assertThat(decide(trial, READY, ILL, "now"))
                    .isEqualTo(new Decision.Back(new Failure("TooManyErrors", "9 %")));
            assertThat(decide(trial, new Outcome.Failed(crash), WELL)).isEqualTo(new Decision.Back(crash));
        }
        assertThat(course(FIRST).decide(new Sight(READY, WELL, Optional.of("now"), true), NOW))
                .isEqualTo(new Decision.Back(new Failure("Aborted", "by hand in step 1 of 3")));
    }

    @Test
    void aManifestWithFewerStepsEndsEarlier() {
        Trial last = new Trial("v2", 2, NOW, null, false);
        var shorter = new CanaryCourse(STEPS.subList(0, 1), last);

        assertThat(shorter.weight()).isEqualTo(5);
        assertThat(shorter.decide(new Sight(READY, WELL, Optional.empty(), false), NOW.plusSeconds(601)))
                .isEqualTo(new Decision.Go(new Trial("v2", 2, NOW, null, true)));
    }

    private static CanaryCourse course(Trial trial) {
        return new CanaryCourse(STEPS, trial);
    }

    private static Decision decide(Trial trial, Outcome pods, CanaryHealth health) {
        return decide(trial, pods, health, null);
    }

    private static Decision decide(Trial trial, Outcome pods, CanaryHealth health, @Nullable String promotion) {
        return course(trial).decide(new Sight(pods, health, Optional.ofNullable(promotion), false), NOW);
    }

    private static Decision stay(Phase phase) {
        return new Decision.Stay(phase, Optional.empty(), Optional.empty());
    }

    private static String hold(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Stay.class);
        assertThat(((Decision.Stay) decision).phase()).isEqualTo(Phase.HOLDING);
        return ((Decision.Stay) decision).hold().orElseThrow();
    }
}
