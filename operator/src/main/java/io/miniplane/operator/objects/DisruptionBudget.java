package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/** Lets a drained node take one pod of a component at a time; broken pods never block a drain. */
final class DisruptionBudget extends OwnedObject<PodDisruptionBudget> {

    private final Component component;

    DisruptionBudget(Component component) {
        super(PodDisruptionBudget.class, component::nameFor);
        this.component = component;
    }

    @Override
    PodDisruptionBudget render(Backend backend) {
        return new PodDisruptionBudgetBuilder()
                .withMetadata(backend.metadata(component))
                .withNewSpec()
                .withNewMaxUnavailable(1)
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .withNewSelector()
                .withMatchLabels(backend.selector(component))
                .endSelector()
                .endSpec()
                .build();
    }
}
