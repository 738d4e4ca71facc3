package io.miniplane.operator.backend;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.miniplane.operator.objects.Component;
import java.util.Optional;

/**
 * The servers of a component as they were last seen.
 *
 * @param deployment their Deployment, once there is one
 * @param autoscaler what decides their number, once there is one
 */
record Servers(Component component, Optional<Deployment> deployment, Optional<HorizontalPodAutoscaler> autoscaler) {

    Optional<Rollout> rollout() {
        return deployment.map(Rollout::of);
    }

    boolean areAvailable() {
        return rollout().filter(Rollout::isAvailable).isPresent();
    }

    /** How many of them are ready, for people. */
    String ready() {
        return rollout()
                .map(pods -> count(pods.ready(), pods.wanted()))
                .orElse("no %s pods".formatted(component.label()));
    }

    /** How many of them run the newest version, for people; nothing unless some are still to follow. */
    Optional<String> underWay() {
        return rollout()
                .filter(Rollout::isUnderWay)
                .map(pods -> count(pods.updated(), pods.wanted()) + " run the newest version");
    }

    private String count(int some, int wanted) {
        return "%d of %d %s pods".formatted(some, wanted, component.label());
    }
}
