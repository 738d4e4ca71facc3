package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/** Lets a drained node take one api pod at a time; broken pods never block a drain. */
final class ApiDisruptionBudget extends OwnedObject<PodDisruptionBudget> {

    ApiDisruptionBudget() {
        super(PodDisruptionBudget.class, Backend::apiName);
    }

    @Override
    PodDisruptionBudget render(Backend backend) {
        return new PodDisruptionBudgetBuilder()
                .withMetadata(backend.metadata(Backend.apiName(backend.name()), ApiPod.COMPONENT))
                .withNewSpec()
                .withNewMaxUnavailable(1)
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .withNewSelector()
                .withMatchLabels(backend.selector(ApiPod.COMPONENT))
                .endSelector()
                .endSpec()
                .build();
    }
}
