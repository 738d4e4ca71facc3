package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingPolicy;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRulesBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerStatus;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import io.miniplane.crd.v1alpha1.ApiReplicas;
import io.miniplane.crd.v1alpha1.Tier;
import java.util.List;
import java.util.Optional;

/** Decides the number of api pods by their CPU use, within the bounds of the current tier. */
final class ApiAutoscaler extends OwnedObject<HorizontalPodAutoscaler> {

    /** Longest window that Kubernetes takes, in seconds. */
    private static final long LONGEST_WINDOW = 3600;

    private static final int CALM_SECONDS = 300;

    ApiAutoscaler() {
        super(HorizontalPodAutoscaler.class, Backend::apiName);
    }

    @Override
    HorizontalPodAutoscaler render(Backend backend) {
        Tier tier = backend.tier();
        String name = Backend.apiName(backend.name());
        return new HorizontalPodAutoscalerBuilder()
                .withMetadata(backend.metadata(name, ApiPod.COMPONENT))
                .withNewSpec()
                .withNewScaleTargetRef("apps/v1", "Deployment", name)
                .withMinReplicas(fewestPods(backend))
                .withMaxReplicas(backend.spec().api().replicas().max())
                .withMetrics(cpu(tier.cpuUtilization()))
                .withNewBehavior()
                .withScaleUp(growth(tier))
                .withScaleDown(shrinking())
                .endBehavior()
                .endSpec()
                .build();
    }

    /** The pods that there are without any load. */
    static int fewestPods(Backend backend) {
        ApiReplicas bounds = backend.spec().api().replicas();
        return Math.clamp(backend.tier().minReplicas(), bounds.min(), bounds.max());
    }

    /**
     * The autoscaler writes what it measured into its status every 15 s. That is no news; what it says of itself in its
     * conditions is.
     */
    @Override
    boolean isNews(HorizontalPodAutoscaler now, HorizontalPodAutoscaler before) {
        return !withoutMeasurements(now).equals(withoutMeasurements(before));
    }

    private static HorizontalPodAutoscaler withoutMeasurements(HorizontalPodAutoscaler autoscaler) {
        var conditions = Optional.ofNullable(autoscaler.getStatus())
                .map(HorizontalPodAutoscalerStatus::getConditions)
                .orElse(List.of());
        return new HorizontalPodAutoscalerBuilder(autoscaler)
                .editMetadata()
                .withResourceVersion(null)
                .withManagedFields()
                .endMetadata()
                .withNewStatus()
                .withConditions(conditions)
                .endStatus()
                .build();
    }

    private static MetricSpec cpu(int utilization) {
        return new MetricSpecBuilder()
                .withType("Resource")
                .withNewResource()
                .withName("cpu")
                .withNewTarget()
                .withType("Utilization")
                .withAverageUtilization(utilization)
                .endTarget()
                .endResource()
                .build();
    }

    private static HPAScalingRules growth(Tier tier) {
        long window = Math.min(tier.sustainedFor().duration().toSeconds(), LONGEST_WINDOW);
        return new HPAScalingRulesBuilder()
                .withStabilizationWindowSeconds((int) window)
                .withSelectPolicy("Max")
                .withPolicies(new HPAScalingPolicy(15, "Percent", 100), new HPAScalingPolicy(15, "Pods", 4))
                .build();
    }

    private static HPAScalingRules shrinking() {
        return new HPAScalingRulesBuilder()
                .withStabilizationWindowSeconds(CALM_SECONDS)
                .withSelectPolicy("Max")
                .withPolicies(new HPAScalingPolicy(60, "Percent", 25), new HPAScalingPolicy(60, "Pods", 1))
                .build();
    }
}
