package io.miniplane.operator.signals;

import io.miniplane.crd.v1alpha1.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Chooses the tier of one backend by its traffic. Upwards at once when traffic has been above a tier's lower bound for as long as the tier asks;
 * downwards when it has been below 80 % of the bound for ten minutes. In between, and while traffic isn't known, the tier stays.
 */
final class TierChoice {

    /** How long traffic must be low before a tier is left. */
    static final Duration CALM = Duration.ofMinutes(10);

    private static final double LOW = 0.8;

    private List<Tier> tiers = List.of();
    private List<Step> steps = List.of();

    /** The step into a tier from the one below. */
    private record Step(int tier, double bound, Duration sustainedFor, Sustained above, Sustained below) {

        /** Traffic that may be more than what was measured proves that it is high and never that it is low. */
        void observe(Traffic traffic, Instant now) {
            if (traffic.qps() > bound) {
                above.confirm(now);
            } else if (traffic.complete()) {
                above.contradict();
            }
            if (traffic.qps() >= LOW * bound) {
                below.contradict();
            } else if (traffic.complete()) {
                below.confirm(now);
            }
        }
    }

    /**
     * The tier from now on, counted from 1.
     *
     * @param wanted the tiers of the manifest
     * @param current the tier so far
     */
    int choose(List<Tier> wanted, int current, Traffic traffic, Instant now) {
        if (!wanted.equals(tiers)) {
            tiers = List.copyOf(wanted);
            steps = IntStream.range(1, wanted.size()).mapToObj(this::stepInto).toList();
        }
        steps.forEach(step -> step.observe(traffic, now));
        int held = Math.clamp(current, 1, wanted.size());
        int up = steps.stream()
                .filter(step -> step.above().holdsFor(step.sustainedFor(), now))
                .mapToInt(Step::tier)
                .max()
                .orElse(held);
        int down = steps.stream()
                .filter(step -> step.below().holdsFor(CALM, now))
                .mapToInt(step -> step.tier() - 1)
                .min()
                .orElse(held);
        return up > held ? up : Math.min(held, down);
    }

    private Step stepInto(int index) {
        int bound = Objects.requireNonNull(tiers.get(index - 1).upToQps(), "Only the last tier has no end.");
        return new Step(index + 1, bound, tiers.get(index).sustainedFor().duration(), new Sustained(), new Sustained());
    }
}
