package io.miniplane.operator.backend;

import io.miniplane.crd.v1alpha1.CanaryStep;
import io.miniplane.crd.v1alpha1.RolloutStatus.Phase;
import io.miniplane.operator.objects.Failure;
import io.miniplane.operator.objects.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The way of a canary through its steps.
 *
 * @param steps those of its manifest, at least one
 * @param trial where it stands
 */
record CanaryCourse(List<CanaryStep> steps, Trial trial) {

    /** How often to look again at a canary that is held. */
    private static final Duration SOON = Duration.ofSeconds(10);

    /**
     * What is seen of a canary.
     *
     * @param pods how the pods come up that its step needs
     * @param health how its requests go
     * @param promotion what a person asks with for the end of the step, if anybody does
     * @param aborted whether a person asks for the end of the canary
     */
    record Sight(Outcome pods, CanaryHealth health, Optional<String> promotion, boolean aborted) {}

    /** What follows. */
    sealed interface Decision {

        /**
         * Nothing changes.
         *
         * @param hold what keeps a step from its end, for people
         * @param lookAgain when it is worth another look even if nothing happens
         */
        record Stay(Phase phase, Optional<String> hold, Optional<Duration> lookAgain) implements Decision {}

        /** It goes on. */
        record Go(Trial next) implements Decision {}

        /** All traffic goes back. */
        record Back(Failure failure) implements Decision {}
    }

    /** Decides what follows from what is seen. A failure counts in every step, also while the other pods follow. */
    Decision decide(Sight sight, Instant now) {
        if (sight.aborted()) {
            return new Decision.Back(
                    new Failure("Aborted", "by hand in step %d of %d".formatted(index() + 1, steps.size())));
        }
        if (sight.pods() instanceof Outcome.Failed(Failure failure)) {
            return new Decision.Back(failure);
        }
        if (sight.health() instanceof CanaryHealth.Ill(Failure failure)) {
            return new Decision.Back(failure);
        }
        if (trial.promoted()) {
            return new Decision.Stay(Phase.PROMOTING, Optional.empty(), Optional.empty());
        }
        return trial.since() == null ? start(sight, now) : proceed(sight, now);
    }

    private Decision start(Sight sight, Instant now) {
        return switch (sight.pods()) {
            case Outcome.Serving _ -> new Decision.Go(trial.begun(now));
            case Outcome.UnderWay(Optional<Duration> lookAgain) ->
                new Decision.Stay(Phase.STARTING, Optional.empty(), lookAgain);
            case Outcome.Failed(Failure failure) -> new Decision.Back(failure);
        };
    }

    private Decision proceed(Sight sight, Instant now) {
        Optional<String> promotion = sight.promotion();
        if (promotion.isPresent() && !promotion.get().equals(trial.promotedBy())) {
            return new Decision.Go(trial.next(promotion.get(), steps.size()));
        }
        if (promotion.isEmpty() && trial.promotedBy() != null) {
            return new Decision.Go(trial.readyForPromotion());
        }
        Optional<Duration> left = endsAt().map(end -> Duration.between(now, end));
        if (left.isEmpty()) {
            return new Decision.Stay(Phase.AWAITING_PROMOTION, Optional.empty(), Optional.empty());
        }
        if (left.get().isPositive()) {
            return new Decision.Stay(Phase.WATCHING, Optional.empty(), left);
        }
        return doubt(sight)
                .<Decision>map(why -> new Decision.Stay(Phase.HOLDING, Optional.of(why), Optional.of(SOON)))
                .orElseGet(() -> new Decision.Go(trial.next(trial.promotedBy(), steps.size())));
    }

    private static Optional<String> doubt(Sight sight) {
        if (sight.health() instanceof CanaryHealth.Unclear(String why)) {
            return Optional.of(why);
        }
        return sight.pods() instanceof Outcome.Serving
                ? Optional.empty()
                : Optional.of("not all of its pods are ready");
    }

    /** The step, counted from 0; the last one where the manifest has fewer by now. */
    int index() {
        return Math.min(trial.step(), steps.size() - 1);
    }

    /** The step that it is in. */
    CanaryStep step() {
        return steps.get(index());
    }

    /** The part of the traffic that it has, in percent: that of the step before while pods for this one start. */
    int weight() {
        if (trial.since() != null) {
            return step().weight();
        }
        return index() == 0 ? 0 : steps.get(index() - 1).weight();
    }

    /** When the step ends by itself. */
    Optional<Instant> endsAt() {
        return step().pause() == null || trial.since() == null
                ? Optional.empty()
                : Optional.of(trial.since()
                        .plus(Objects.requireNonNull(step().pause()).duration()));
    }
}
