package io.miniplane.operator.signals;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking one pod.
 *
 * @param pod its name
 * @param terminating whether it was about to go
 * @param askedAt when it was asked, by the clock of this process
 * @param answer what it told, or nothing
 * @param problem why it told nothing, for people
 */
public record PodReading(
        String pod,
        boolean terminating,
        Instant askedAt,
        @Nullable PodSignals answer,
        @Nullable String problem) {

    /** What the pod told, unless it could not be read. */
    public Optional<PodSignals> signals() {
        return Optional.ofNullable(answer);
    }
}
