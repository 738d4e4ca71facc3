package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingPolicy;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRulesBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerStatus;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import java.util.List;
import java.util.Optional;

/** Decides the number of pods of a component. */
abstract sealed class Autoscaler extends OwnedObject<HorizontalPodAutoscaler> permits ApiAutoscaler, WorkerAutoscaler {

    /** Longest window that Kubernetes takes, in seconds. */
    private static final long LONGEST_WINDOW = 3600;

    final Component component;

    Autoscaler(Component component) {
        super(HorizontalPodAutoscaler.class, component::nameFor);
        this.component = component;
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

    /** An autoscaler of the component's Deployment, without metrics and behaviour. */
    HorizontalPodAutoscalerBuilder between(int fewest, int most, Backend backend) {
        return new HorizontalPodAutoscalerBuilder()
                .withMetadata(backend.metadata(component))
                .withNewSpec()
                .withNewScaleTargetRef("apps/v1", "Deployment", component.nameFor(backend.name()))
                .withMinReplicas(fewest)
                .withMaxReplicas(most)
                .endSpec();
    }

    /** @param utilization CPU use to aim at, in percent of what pods request */
    static MetricSpec cpu(int utilization) {
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

    /**
     * How fast the number of pods may change: by a share of them or by a number, whichever is more.
     *
     * @param windowSeconds time whose highest or lowest wish counts
     * @param periodSeconds time in which pods may change that much
     */
    static HPAScalingRules rules(long windowSeconds, int percent, int pods, int periodSeconds) {
        return new HPAScalingRulesBuilder()
                .withStabilizationWindowSeconds((int) Math.min(windowSeconds, LONGEST_WINDOW))
                .withSelectPolicy("Max")
                .withPolicies(
                        new HPAScalingPolicy(periodSeconds, "Percent", percent),
                        new HPAScalingPolicy(periodSeconds, "Pods", pods))
                .build();
    }
}
