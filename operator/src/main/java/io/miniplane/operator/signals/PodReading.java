package io.miniplane.operator.signals;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking one pod.
 *
 * @param pod its name
 * @param answer what it told, or nothing
 * @param problem why it told nothing, for people
 */
public record PodReading(
        String pod, @Nullable PodSignals answer, @Nullable String problem) {

    static PodReading of(String pod, PodSignals answer) {
        return new PodReading(pod, answer, null);
    }

    static PodReading failed(String pod, String problem) {
        return new PodReading(pod, null, problem);
    }

    /** What the pod told, unless it could not be read. */
    public Optional<PodSignals> signals() {
        return Optional.ofNullable(answer);
    }
}
