package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
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

    private static final int CPU_UTILIZATION = 70;

    WorkerAutoscaler() {
        super(Component.WORKER);
    }

    @Override
    HorizontalPodAutoscaler render(Backend backend) {
        Replicas bounds = backend.spec().worker().replicas();
        return between(bounds.min(), bounds.max(), backend)
                .editSpec()
                .withMetrics(metrics(backend))
                .withNewBehavior()
                .withScaleUp(growth(backend.spec().worker().behavior().scaleUp()))
                .withScaleDown(shrinking(backend.spec().worker().behavior().scaleDown()))
                .endBehavior()
                .endSpec()
                .build();
    }

    /** The pods that there are while nothing waits. */
    static int fewestPods(Backend backend) {
        return backend.spec().worker().replicas().min();
    }

    /** With CPU beside the queue, a gap in its metric still lets the workers grow. */
    private static List<MetricSpec> metrics(Backend backend) {
        Queue queue = backend.spec().worker().queue();
        MetricSpec cpu = cpu(CPU_UTILIZATION);
        return backend.scaling().hasQueueMetric()
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
