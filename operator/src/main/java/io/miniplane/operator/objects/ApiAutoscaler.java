package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.miniplane.crd.v1alpha1.ApiReplicas;
import io.miniplane.crd.v1alpha1.Tier;

/**
 * Decides the number of api pods by their CPU use, within the bounds of the current tier. While a canary has a part of
 * the traffic they don't get fewer: all of it may come back at any moment.
 */
final class ApiAutoscaler extends Autoscaler {

    private static final int CALM_SECONDS = 300;

    ApiAutoscaler() {
        super(Component.API);
    }

    @Override
    HorizontalPodAutoscaler render(Backend backend) {
        Tier tier = backend.tier();
        return between(fewestPods(backend), backend.spec().api().replicas().max(), backend)
                .editSpec()
                .withMetrics(cpu(tier.cpuUtilization()))
                .withNewBehavior()
                .withScaleUp(rules(tier.sustainedFor().duration().toSeconds(), 100, 4, 15))
                .withScaleDown(shrinking(backend))
                .endBehavior()
                .endSpec()
                .build();
    }

    private static HPAScalingRules shrinking(Backend backend) {
        HPAScalingRules rules = rules(CALM_SECONDS, 25, 1, 60);
        if (backend.canary().isPresent()) {
            rules.setSelectPolicy("Disabled");
        }
        return rules;
    }

    /** The pods that there are without any load. */
    static int fewestPods(Backend backend) {
        ApiReplicas bounds = backend.spec().api().replicas();
        return Math.clamp(backend.tier().minReplicas(), bounds.min(), bounds.max());
    }
}
