package io.miniplane.operator.backend;

import io.miniplane.crd.v1alpha1.Condition;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.crd.v1alpha1.MiniProgramBackendStatus;
import io.miniplane.crd.v1alpha1.RolloutStatus;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What people are told of a canary.
 *
 * @param status where it stands
 * @param message the same in a sentence
 */
record CanaryReport(RolloutStatus status, String message) {

    /** The reason of the condition that has the message. */
    static final String REASON = "Canary";

    /**
     * Puts it into words.
     *
     * @param weight part of the traffic that it has, in percent
     * @param hold what keeps its step from the end
     */
    static CanaryReport of(
            CanaryCourse course, RolloutStatus.Phase phase, String image, int weight, Optional<String> hold) {
        var status = new RolloutStatus(
                phase,
                image,
                course.index() + 1,
                course.steps().size(),
                weight,
                phase == RolloutStatus.Phase.WATCHING
                        ? course.endsAt()
                                .map(end -> end.truncatedTo(ChronoUnit.SECONDS))
                                .orElse(null)
                        : null);
        return new CanaryReport(status, message(status, hold));
    }

    /** What was told of it so far. */
    static Optional<CanaryReport> reported(MiniProgramBackend primary) {
        String message = StatusReport.conditionsOf(primary).stream()
                .filter(condition -> REASON.equals(condition.reason()))
                .map(Condition::message)
                .findFirst()
                .orElse("A new version is on trial");
        return Optional.ofNullable(primary.getStatus())
                .map(MiniProgramBackendStatus::rollout)
                .map(status -> new CanaryReport(status, message));
    }

    private static String message(RolloutStatus status, Optional<String> hold) {
        String words =
                switch (status.phase()) {
                    case STARTING -> "its pods start";
                    case WATCHING -> "watched until " + status.stepEndsAt();
                    case HOLDING -> "held: " + hold.orElse("");
                    case AWAITING_PROMOTION -> "waits for promotion";
                    case PROMOTING -> "promoted, the other pods follow";
                };
        return "Canary of image %s: step %d of %d, %d %% of the traffic; %s"
                .formatted(status.image(), status.step(), status.steps(), status.weight(), words);
    }
}
