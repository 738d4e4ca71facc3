package io.miniplane.operator.objects;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a new version stands in the steps of its canary. It is remembered outside of the operator, so that another one
 * goes on from there.
 *
 * @param version digest of the pods, as {@link BackendObjects#version} gives it
 * @param step the step, counted from 0
 * @param since when the step's part of the traffic was given; nothing while pods for it still start
 * @param promotedBy the promotion that led to the step, so that the same one doesn't lead to the next too
 * @param promoted whether all steps are done, so that the other pods follow
 */
public record Trial(
        String version,
        int step,
        @Nullable Instant since,
        @Nullable String promotedBy,
        boolean promoted) {

    /** A version whose pods are to be made. */
    public static Trial of(String version) {
        return new Trial(version, 0, null, null, false);
    }

    /** The pods of the step are ready and have their part of the traffic from now on. */
    public Trial begun(Instant now) {
        return new Trial(version, step, now, promotedBy, promoted);
    }

    /**
     * The next step, or the end after the last.
     *
     * @param promotion what a person asked for it with, or nothing
     * @param steps how many there are
     */
    public Trial next(@Nullable String promotion, int steps) {
        return step + 1 < steps
                ? new Trial(version, step + 1, null, promotion, false)
                : new Trial(version, step, since, promotion, true);
    }

    /** The promotion that led here is not asked for any more, so another may come in the same words. */
    public Trial readyForPromotion() {
        return new Trial(version, step, since, null, promoted);
    }
}
