package io.miniplane.operator.backend;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.miniplane.operator.objects.Failure;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a pod from being ready, in the words of the kubelet.
 *
 * @param failure the words
 * @param certainty whether it can still pass
 */
record PodProblem(Failure failure, Certainty certainty) {

    /** Whether a problem can still pass; the surest first. */
    enum Certainty {
        /** No wait helps. */
        FINAL,
        /** It passes soon or not at all. */
        LASTING,
        /** It may well be the way of a pod that starts. */
        PASSING
    }

    private static final Set<String> STARTING = Set.of("ContainerCreating", "PodInitializing");
    private static final Set<String> HOPELESS = Set.of("InvalidImageName", "ErrImageNeverPull");
    private static final int CRASHES = 3;

    /** The worst problem of a pod that is not ready. */
    static Optional<PodProblem> of(Pod pod) {
        PodStatus status = pod.getStatus();
        if (status == null
                || condition(status, "Ready").filter(PodProblem::holds).isPresent()) {
            return Optional.empty();
        }
        return Stream.concat(
                        Stream.concat(
                                        status.getInitContainerStatuses().stream(),
                                        status.getContainerStatuses().stream())
                                .flatMap(container -> of(container).stream()),
                        unscheduled(status).stream())
                .min(Comparator.comparing(PodProblem::certainty));
    }

    private static Optional<PodProblem> unscheduled(PodStatus status) {
        return condition(status, "PodScheduled")
                .filter(condition -> !holds(condition))
                .map(condition -> new PodProblem(
                        new Failure(text(condition.getReason(), "Unschedulable"), text(condition.getMessage(), "")),
                        Certainty.PASSING));
    }

    private static Optional<PodProblem> of(ContainerStatus container) {
        ContainerState state = Objects.requireNonNullElseGet(container.getState(), ContainerState::new);
        ContainerStateWaiting waiting = state.getWaiting();
        boolean crashed = waiting != null && "CrashLoopBackOff".equals(waiting.getReason());
        if (crashed || state.getTerminated() != null) {
            return crash(container, state);
        }
        if (waiting != null && waiting.getReason() != null && !STARTING.contains(waiting.getReason())) {
            var failure = new Failure(waiting.getReason(), text(waiting.getMessage(), ""));
            return Optional.of(
                    new PodProblem(failure, HOPELESS.contains(failure.reason()) ? Certainty.FINAL : Certainty.LASTING));
        }
        return waiting == null && !Boolean.TRUE.equals(container.getReady())
                ? Optional.of(new PodProblem(
                        new Failure("NotReady", "container %s runs but isn't ready".formatted(container.getName())),
                        Certainty.PASSING))
                : Optional.empty();
    }

    /** A server may end once or twice while its database starts; the third time it is the server. */
    private static Optional<PodProblem> crash(ContainerStatus container, ContainerState state) {
        ContainerStateTerminated end = state.getTerminated() != null
                ? state.getTerminated()
                : container.getLastState() == null
                        ? null
                        : container.getLastState().getTerminated();
        int crashes = Objects.requireNonNullElse(container.getRestartCount(), 0);
        return Optional.of(new PodProblem(
                new Failure("CrashLoopBackOff", describe(end)),
                crashes >= CRASHES ? Certainty.FINAL : Certainty.PASSING));
    }

    private static String describe(@Nullable ContainerStateTerminated end) {
        if (end == null) {
            return "the container ends again and again";
        }
        String why = "Error".equals(end.getReason()) ? "" : text(end.getReason(), "");
        String code = "exit code " + end.getExitCode();
        return Stream.of(why, code, text(end.getMessage(), "").strip())
                .filter(part -> !part.isEmpty())
                .reduce((first, second) -> first + ", " + second)
                .orElse(code);
    }

    private static Optional<PodCondition> condition(PodStatus status, String type) {
        return status.getConditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    private static boolean holds(PodCondition condition) {
        return "True".equals(condition.getStatus());
    }

    private static String text(@Nullable String text, String otherwise) {
        return text == null || text.isEmpty() ? otherwise : text;
    }
}
