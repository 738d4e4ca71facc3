package io.miniplane.operator.backend;

import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.objects.Change;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of bringing a backend to the version that it should run.
 *
 * @param changes what was done to its objects
 * @param setback what is wrong with the version, or nothing
 * @param canary the version that is on trial, or nothing
 * @param lookAgain when it is worth another look even if nothing happens
 * @param remarks what else people are told
 */
record Release(
        List<Change> changes,
        Optional<Setback> setback,
        Optional<CanaryReport> canary,
        Optional<Duration> lookAgain,
        List<Remark> remarks) {

    /** Nothing was done. */
    static final Release NONE = new Release(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    /** The same with what was told of a canary so far. */
    Release reportedOf(MiniProgramBackend primary) {
        return new Release(changes, setback, CanaryReport.reported(primary), lookAgain, remarks);
    }

    /** The same for a manifest of which some places can't be read: that outweighs whatever else is wrong. */
    Release without(List<String> unreadable) {
        return unreadable.isEmpty()
                ? this
                : new Release(changes, Optional.of(new Setback.NotUnderstood(unreadable)), canary, lookAgain, remarks);
    }
}
