package io.miniplane.operator.backend;

import io.miniplane.operator.objects.Change;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of bringing a backend to the version that it should run.
 *
 * @param changes what was done to its objects
 * @param setback what is wrong with the version, or nothing
 * @param lookAgain when it is worth another look even if nothing happens
 */
record Release(List<Change> changes, Optional<Setback> setback, Optional<Duration> lookAgain) {

    /** Nothing was done. */
    static final Release NONE = new Release(List.of(), Optional.empty(), Optional.empty());
}
