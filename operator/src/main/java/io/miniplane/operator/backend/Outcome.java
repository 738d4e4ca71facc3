package io.miniplane.operator.backend;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.miniplane.operator.backend.PodProblem.Certainty;
import io.miniplane.operator.objects.Backend;
import io.miniplane.operator.objects.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How a version of the servers comes up. */
sealed interface Outcome {

    /** All its pods are ready and no others are left. */
    record Serving() implements Outcome {}

    /**
     * It can't be told yet.
     *
     * @param lookAgain when it is worth another look even if nothing happens
     */
    record UnderWay(Optional<Duration> lookAgain) implements Outcome {}

    /** It does not come up. */
    record Failed(Failure failure) implements Outcome {}

    /** A problem that passes soon or not at all is given this part of the deadline. */
    int PATIENCE = 5;

    /**
     * Judges Deployments by what they and their newest pods say.
     *
     * @param deadline how long Kubernetes waits for a pod to become ready
     */
    static Outcome of(List<Deployment> deployments, Collection<Pod> pods, Duration deadline, Instant now) {
        var newest = deployments.stream()
                .map(deployment -> new Newest(deployment, pods))
                .toList();
        if (!newest.isEmpty()
                && newest.stream().allMatch(servers -> !servers.rollout().isUnderWay())
                && newest.stream().anyMatch(servers -> servers.rollout().ready() > 0)) {
            return new Serving();
        }
        Duration patience = deadline.dividedBy(PATIENCE);
        return newest.stream()
                .flatMap(servers -> servers.failure(patience, now).stream())
                .findFirst()
                .<Outcome>map(Failed::new)
                .orElseGet(() -> new UnderWay(newest.stream()
                        .flatMap(servers -> servers.lookAgain(patience, now).stream())
                        .min(Comparator.naturalOrder())));
    }

    /** A Deployment and those of the pods that it made from its newest template. */
    record Newest(Rollout rollout, List<Pod> pods) {

        Newest(Deployment deployment, Collection<Pod> all) {
            this(
                    Rollout.of(deployment),
                    all.stream()
                            .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                            .filter(pod -> version(pod.getMetadata()).equals(version(templateOf(deployment))))
                            .toList());
        }

        Optional<Failure> failure(Duration patience, Instant now) {
            if (!rollout.observed()) {
                return Optional.empty();
            }
            Optional<Failure> late = rollout.isLate()
                    ? problemThat(any -> true)
                            .or(() -> rollout.problem().map(problem -> new Failure("RolloutFailed", problem)))
                    : Optional.empty();
            return problemThat(problem -> problem.certainty() == Certainty.FINAL)
                    .or(() -> pods.stream()
                            .filter(pod -> age(pod, now).compareTo(patience) >= 0)
                            .flatMap(pod -> PodProblem.of(pod).stream())
                            .filter(problem -> problem.certainty() == Certainty.LASTING)
                            .findFirst()
                            .map(PodProblem::failure))
                    .or(() -> late);
        }

        /** When the patience with a pod ends. */
        Optional<Duration> lookAgain(Duration patience, Instant now) {
            return pods.stream()
                    .filter(pod -> PodProblem.of(pod)
                            .filter(problem -> problem.certainty() == Certainty.LASTING)
                            .isPresent())
                    .map(pod -> patience.minus(age(pod, now)))
                    .filter(Duration::isPositive)
                    .min(Comparator.naturalOrder());
        }

        private static @Nullable ObjectMeta templateOf(Deployment deployment) {
            return deployment.getSpec().getTemplate().getMetadata();
        }

        private static Optional<String> version(@Nullable ObjectMeta metadata) {
            return Optional.ofNullable(metadata).map(ObjectMeta::getLabels).map(labels -> labels.get(Backend.VERSION));
        }

        private Optional<Failure> problemThat(Predicate<PodProblem> counts) {
            return pods.stream()
                    .flatMap(pod -> PodProblem.of(pod).stream())
                    .filter(counts)
                    .min(Comparator.comparing(PodProblem::certainty))
                    .map(PodProblem::failure);
        }

        private static Duration age(Pod pod, Instant now) {
            return Duration.between(Instant.parse(pod.getMetadata().getCreationTimestamp()), now);
        }
    }
}
