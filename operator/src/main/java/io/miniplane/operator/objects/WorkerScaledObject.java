package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import io.miniplane.crd.v1alpha1.Queue;
import io.miniplane.crd.v1alpha1.Replicas;
import io.miniplane.crd.v1alpha1.Worker;
import java.util.List;
import java.util.Map;

/** Lets KEDA decide on the number of worker pods, by the same measures as {@link WorkerAutoscaler}, in whose place it is. */
final class WorkerScaledObject extends OwnedObject<ScaledObject> {

    /** What KEDA calls the autoscaler that it makes. */
    private static final String AUTOSCALER = "keda-hpa-";

    private static final int POLLING_SECONDS = 15;
    private static final Map<String, Object> CPU = Map.of(
            "type",
            "cpu",
            "metricType",
            "Utilization",
            "metadata",
            Map.of("value", Integer.toString(WorkerAutoscaler.CPU_UTILIZATION)));

    private final String operatorUrl;

    /** @param operatorUrl where KEDA reaches the operator over HTTP, without a slash at the end */
    WorkerScaledObject(String operatorUrl) {
        super(ScaledObject.class, Component.WORKER::nameFor);
        this.operatorUrl = operatorUrl;
    }

    /** The name of the autoscaler that KEDA makes for the workers of a backend. */
    static String autoscalerFor(String backend) {
        return AUTOSCALER + Component.WORKER.nameFor(backend);
    }

    @Override
    boolean isWanted(MiniProgramBackendSpec spec) {
        return spec.worker().queue().source() == Queue.Source.KEDA;
    }

    @Override
    boolean isWantedBy(Backend backend) {
        return backend.scaling().metric() == Scaling.Metric.KEDA;
    }

    @Override
    boolean isPlannedFor(Backend backend) {
        return isWantedBy(backend);
    }

    @Override
    ScaledObject render(Backend backend) {
        Worker worker = backend.spec().worker();
        Replicas bounds = worker.replicas();
        return ScaledObject.of(
                backend.metadata(Component.WORKER),
                Map.of(
                        "scaleTargetRef",
                        Map.of("name", Component.WORKER.nameFor(backend.name())),
                        "minReplicaCount",
                        bounds.min(),
                        "maxReplicaCount",
                        bounds.max(),
                        "pollingInterval",
                        POLLING_SECONDS,
                        "advanced",
                        Map.of(
                                "horizontalPodAutoscalerConfig",
                                Map.of("behavior", plain(WorkerAutoscaler.behavior(worker.behavior())))),
                        "triggers",
                        List.of(queue(backend), CPU)));
    }

    private Map<String, Object> queue(Backend backend) {
        return Map.of(
                "type",
                "metrics-api",
                "metricType",
                "AverageValue",
                "metadata",
                Map.of(
                        "url", "%s/queues/%s/%s".formatted(operatorUrl, backend.namespace(), backend.name()),
                        "valueLocation", "ready",
                        "targetValue",
                                Integer.toString(backend.spec().worker().queue().messagesPerReplica())));
    }

    private static Map<?, ?> plain(HorizontalPodAutoscalerBehavior behavior) {
        return Serialization.unmarshal(Serialization.asJson(behavior), Map.class);
    }
}
