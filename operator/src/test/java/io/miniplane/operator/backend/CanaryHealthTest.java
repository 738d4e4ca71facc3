package io.miniplane.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.crd.v1alpha1.AbortOn;
import io.miniplane.crd.v1alpha1.Timespan;
import io.miniplane.operator.objects.Failure;
import io.miniplane.operator.signals.PodsRequests;
import io.miniplane.operator.signals.ServedRequests;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CanaryHealthTest {

    private static final AbortOn LIMITS = new AbortOn(0.02, new Timespan("2s"));

    @Test
    void asManyErrorsAsAreAllowedAreWellAndMoreAreIllWithFigures() {
        assertThat(judge(recent(350, 7, 350))).isEqualTo(new CanaryHealth.Well());
        assertThat(judge(recent(346, 18, 346)))
                .isEqualTo(new CanaryHealth.Ill(
                        new Failure("TooManyErrors", "5.2 % of 346 requests failed in 60 s; at most 2 %")));
    }

    @Test
    void moreThanAHundredthOfTheAnswersTooLateIsIll() {
        assertThat(judge(recent(200, 0, 198))).isEqualTo(new CanaryHealth.Well());
        assertThat(judge(recent(200, 0, 197)))
                .isEqualTo(new CanaryHealth.Ill(new Failure(
                        "TooSlow", "1.5 % of 200 requests took longer than 2.5 s in 60 s; 99 % must take at most 2s")));
        assertThat(CanaryHealth.of(new AbortOn(0.02, null), with(recent(200, 0, 0), none(), null)))
                .isEqualTo(new CanaryHealth.Well());
    }

    @Test
    void aMinuteWithFewRequestsIsNoBasisAndAllSinceTheStartAre() {
        assertThat(CanaryHealth.of(LIMITS, with(recent(49, 49, 49), all(400, 4), null)))
                .isEqualTo(new CanaryHealth.Well());
        assertThat(CanaryHealth.of(LIMITS, with(recent(0, 0, 0), all(50, 2), null)))
                .isEqualTo(new CanaryHealth.Ill(
                        new Failure("TooManyErrors", "4 % of 50 requests failed since its pods started; at most 2 %")));
    }

    @Test
    void fewRequestsProveNothingWhetherTheyFailOrNot() {
        assertThat(CanaryHealth.of(LIMITS, with(recent(10, 10, 10), all(10, 10), null)))
                .isEqualTo(new CanaryHealth.Unclear(
                        "too many of its requests fail or are slow, and there are too few to judge by"));
        assertThat(CanaryHealth.of(LIMITS, with(recent(49, 0, 49), all(49, 0), null)))
                .isEqualTo(new CanaryHealth.Unclear("it has had fewer than 50 requests"));
        assertThat(CanaryHealth.of(LIMITS, with(recent(0, 0, 0), all(50, 0), null)))
                .isEqualTo(new CanaryHealth.Well());
    }

    @Test
    void podsThatCanNotBeReadMakeItUnclearButDoNotHideErrors() {
        assertThat(CanaryHealth.of(LIMITS, with(recent(350, 0, 350), none(), "pod a can't be read")))
                .isEqualTo(new CanaryHealth.Unclear("pod a can't be read"));
        assertThat(CanaryHealth.of(LIMITS, with(recent(350, 35, 350), none(), "pod a can't be read")))
                .isInstanceOf(CanaryHealth.Ill.class);
    }

    private static CanaryHealth judge(ServedRequests recent) {
        return CanaryHealth.of(LIMITS, with(recent, none(), null));
    }

    private static PodsRequests with(ServedRequests recent, ServedRequests all, String gap) {
        return new PodsRequests(recent, all, Optional.ofNullable(gap));
    }

    private static ServedRequests recent(long total, long failed, long fast) {
        return new ServedRequests(
                Optional.of(Duration.ofMinutes(1)), total, failed, Map.of(1.0, 0L, 2.5, fast, 10.0, total));
    }

    private static ServedRequests all(long total, long failed) {
        return new ServedRequests(Optional.empty(), total, failed, Map.of(2.5, total));
    }

    private static ServedRequests none() {
        return all(0, 0);
    }
}
