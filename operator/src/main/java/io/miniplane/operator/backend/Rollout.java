package io.miniplane.operator.backend;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a Deployment says about its pods. */
record Rollout(
        int wanted,
        int updated,
        int ready,
        int replicas,
        boolean observed,
        @Nullable DeploymentStatus status) {

    static Rollout of(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus();
        int wanted = number(deployment.getSpec().getReplicas());
        if (status == null) {
            return new Rollout(wanted, 0, 0, 0, false, null);
        }
        boolean observed = Objects.equals(
                status.getObservedGeneration(), deployment.getMetadata().getGeneration());
        return new Rollout(
                wanted,
                number(status.getUpdatedReplicas()),
                number(status.getReadyReplicas()),
                number(status.getReplicas()),
                observed,
                status);
    }

    /** Whether enough pods answer. None is never enough, though Kubernetes calls a Deployment of none available. */
    boolean isAvailable() {
        return ready > 0 && condition("Available").filter(Rollout::holds).isPresent();
    }

    /** Whether pods are still being replaced or added. */
    boolean isUnderWay() {
        return !observed || updated < wanted || replicas > updated || ready < wanted;
    }

    /** Whether pods took longer than the deadline to become ready. */
    boolean isLate() {
        return condition("Progressing").filter(state -> !holds(state)).isPresent();
    }

    /** Why pods can't be made or don't become ready in time, in the words of Kubernetes. */
    Optional<String> problem() {
        Optional<DeploymentCondition> refused = condition("ReplicaFailure").filter(Rollout::holds);
        Optional<DeploymentCondition> late = condition("Progressing").filter(state -> !holds(state));
        return refused.or(() -> late).map(DeploymentCondition::getMessage);
    }

    private Optional<DeploymentCondition> condition(String type) {
        return status == null
                ? Optional.empty()
                : status.getConditions().stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst();
    }

    private static boolean holds(DeploymentCondition condition) {
        return "True".equals(condition.getStatus());
    }

    private static int number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }
}
