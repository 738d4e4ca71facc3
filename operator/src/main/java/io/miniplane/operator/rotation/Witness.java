package io.miniplane.operator.rotation;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.miniplane.operator.objects.KeyRotation;
import io.miniplane.operator.signals.PodReading;
import io.miniplane.operator.signals.PodSignals;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A pod that has keys mounted, and what it told of them.
 *
 * @param pod its name
 * @param isTask whether it does one task and ends, and tells nothing
 * @param createdAt when it was made
 * @param reading what came of asking it last, if it was asked
 */
record Witness(
        String pod,
        boolean isTask,
        Instant createdAt,
        @Nullable PodReading reading) {

    private static final String JOB = "batch.kubernetes.io/job-name";
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    /** Those of the pods that have keys mounted: pods that have ended have none any more, pods without a node none yet. */
    static List<Witness> of(Collection<Pod> pods, List<PodReading> readings) {
        Map<String, PodReading> told =
                readings.stream().collect(Collectors.toMap(PodReading::pod, Function.identity(), (one, same) -> one));
        return pods.stream()
                .filter(Witness::hasKeys)
                .map(pod -> of(pod, told.get(pod.getMetadata().getName())))
                .sorted(Comparator.comparing(Witness::pod))
                .toList();
    }

    private static Witness of(Pod pod, @Nullable PodReading reading) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return new Witness(
                pod.getMetadata().getName(),
                labels != null && labels.containsKey(JOB),
                Instant.parse(pod.getMetadata().getCreationTimestamp()),
                reading);
    }

    private static boolean hasKeys(Pod pod) {
        PodStatus status = pod.getStatus();
        if (status == null || status.getPhase() == null) {
            return false;
        }
        boolean isWaitingForNode = "Pending".equals(status.getPhase())
                && status.getConditions().stream()
                        .noneMatch(condition ->
                                "PodScheduled".equals(condition.getType()) && "True".equals(condition.getStatus()));
        return !isWaitingForNode && !ENDED.contains(status.getPhase());
    }

    /** What it told since the phase began. */
    Optional<PodSignals> signals(KeyRotation rotation) {
        return Optional.ofNullable(reading)
                .filter(it -> it.askedAt().isAfter(rotation.since()))
                .flatMap(PodReading::signals);
    }

    /**
     * Why it holds the phase up, or nothing.
     *
     * @param settle after which time whatever starts has the keys of the phase mounted
     * @param follows whether a loaded keyset is as the phase asks, given the id of the newest key
     * @param lacking says that one is not
     */
    Optional<String> objection(
            KeyRotation rotation, Duration settle, BiPredicate<PodSignals.Keyset, Long> follows, String lacking) {
        if (isTask) {
            return createdAt.isBefore(rotation.since().plus(settle))
                    ? Optional.of("its task has to end first")
                    : Optional.empty();
        }
        Optional<PodSignals> told = signals(rotation);
        if (told.isEmpty()) {
            return Optional.of(silence(rotation));
        }
        boolean followsAll = rotation.newest().entrySet().stream()
                .allMatch(newest -> told.get().keys().stream()
                        .filter(keyset -> newest.getKey().equals(keyset.keyset()))
                        .anyMatch(keyset -> follows.test(keyset, newest.getValue())));
        return followsAll ? Optional.empty() : Optional.of(lacking);
    }

    private String silence(KeyRotation rotation) {
        return Optional.ofNullable(reading)
                .filter(it -> it.askedAt().isAfter(rotation.since()))
                .map(PodReading::problem)
                .orElse("it has not told which keys it has");
    }
}
