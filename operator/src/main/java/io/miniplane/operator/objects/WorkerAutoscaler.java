package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehaviorBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import io.miniplane.crd.v1alpha1.Behavior;
import io.miniplane.crd.v1alpha1.Queue;
import io.miniplane.crd.v1alpha1.Replicas;
import io.miniplane.crd.v1alpha1.ScaleDown;
import io.miniplane.crd.v1alpha1.ScaleUp;
import io.miniplane.crd.v1alpha1.Timespan;
import java.util.List;

/** Decides the number of worker pods by the messages that wait for each and by their CPU use, whichever asks for more. */
final class WorkerAutoscaler extends Autoscaler {

    /** The metric that counts messages which wait. */
    static final String MESSAGES = "miniplane_queue_messages_ready";

    /** CPU use that workers aim at, in percent of what they request. */
    static final int CPU_UTILIZATION = 70;

    WorkerAutoscaler() {
        super(Component.WORKER);
    }

    @Override
    HorizontalPodAutoscaler render(Backend backend) {
        Replicas bounds = backend.spec().worker().replicas();
        return between(bounds.min(), bounds.max(), backend)
                .editSpec()
                .withMetrics(metrics(backend))
                .withBehavior(behavior(backend.spec().worker().behavior()))
                .endSpec()
                .build();
    }

    /** KEDA brings its own. */
    @Override
    boolean isWantedBy(Backend backend) {
        return backend.scaling().metric() != Scaling.Metric.KEDA;
    }

    @Override
    boolean isPlannedFor(Backend backend) {
        return isWantedBy(backend);
    }

    /** How fast workers may come and go. */
    static HorizontalPodAutoscalerBehavior behavior(Behavior wanted) {
        return new HorizontalPodAutoscalerBehaviorBuilder()
                .withScaleUp(growth(wanted.scaleUp()))
                .withScaleDown(shrinking(wanted.scaleDown()))
                .build();
    }

    /** The pods that there are while nothing waits. */
    static int fewestPods(Backend backend) {
        return backend.spec().worker().replicas().min();
    }

    /** Whether a live autoscaler follows the events that wait, and not CPU use alone. */
    static boolean countsEvents(HorizontalPodAutoscaler live) {
        return live.getSpec().getMetrics().stream().anyMatch(metric -> metric.getExternal() != null);
    }

    /** With CPU beside the queue, a gap in its metric still lets the workers grow. */
    private static List<MetricSpec> metrics(Backend backend) {
        Queue queue = backend.spec().worker().queue();
        MetricSpec cpu = cpu(CPU_UTILIZATION);
        return backend.scaling().metric() == Scaling.Metric.EXTERNAL
                ? List.of(messages(queue.messagesPerReplica(), backend), cpu)
                : List.of(cpu);
    }

    private static MetricSpec messages(int perReplica, Backend backend) {
        return new MetricSpecBuilder()
                .withType("External")
                .withNewExternal()
                .withNewMetric()
                .withName(MESSAGES)
                .withNewSelector()
                .addToMatchLabels("namespace", backend.namespace())
                .addToMatchLabels("backend", backend.name())
                .endSelector()
                .endMetric()
                .withNewTarget()
                .withType("AverageValue")
                .withAverageValue(CanonicalQuantity.of(new Quantity(Integer.toString(perReplica))))
                .endTarget()
                .endExternal()
                .build();
    }

    private static HPAScalingRules growth(ScaleUp wanted) {
        return rules(seconds(wanted.stabilizationWindow()), wanted.percent(), wanted.pods(), seconds(wanted.period()));
    }

    private static HPAScalingRules shrinking(ScaleDown wanted) {
        return rules(seconds(wanted.stabilizationWindow()), wanted.percent(), wanted.pods(), seconds(wanted.period()));
    }

    private static int seconds(Timespan span) {
        return (int) span.duration().toSeconds();
    }
}
