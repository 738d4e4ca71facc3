package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.miniplane.crd.v1alpha1.ApiStatus;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import io.miniplane.crd.v1alpha1.MiniProgramBackendStatus;
import java.util.Optional;

/**
 * What autoscalers follow.
 *
 * @param tier the tier of traffic that holds, counted from 1
 * @param metric who tells the autoscaler of workers how many events wait
 */
public record Scaling(int tier, Metric metric) {

    /** Who counts the events that wait. */
    public enum Metric {
        /** Nobody: CPU use alone counts. */
        NONE,
        /** Whoever provides external metrics in the cluster. */
        EXTERNAL,
        /** KEDA, which brings an autoscaler of its own. */
        KEDA
    }

    /**
     * What the operator of a cluster lets them follow, as far as others can tell.
     *
     * @param workers the live autoscaler of workers: whether events are counted for it only the operator knows
     * @param hasKeda whether KEDA is installed
     */
    static Scaling foreseen(MiniProgramBackend resource, Optional<HorizontalPodAutoscaler> workers, boolean hasKeda) {
        int tier = Optional.ofNullable(resource.getStatus())
                .map(MiniProgramBackendStatus::api)
                .map(ApiStatus::tier)
                .orElse(1);
        Metric elsewhere = workers.filter(live -> !WorkerAutoscaler.countsEvents(live))
                .map(_ -> Metric.NONE)
                .orElse(Metric.EXTERNAL);
        return new Scaling(
                tier,
                switch (resource.getSpec().worker().queue().source()) {
                    case EXTERNAL -> Metric.EXTERNAL;
                    case KEDA -> hasKeda ? Metric.KEDA : Metric.NONE;
                    case AUTO -> hasKeda ? Metric.KEDA : elsewhere;
                    case OPERATOR -> elsewhere;
                });
    }

    /** What holds while nothing is known of traffic and cluster. */
    static Scaling unmeasured(MiniProgramBackendSpec spec) {
        return new Scaling(
                1,
                switch (spec.worker().queue().source()) {
                    case EXTERNAL -> Metric.EXTERNAL;
                    case KEDA -> Metric.KEDA;
                    case AUTO, OPERATOR -> Metric.NONE;
                });
    }
}
