package io.miniplane.operator.objects;

import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import io.miniplane.crd.v1alpha1.Queue;

/**
 * What autoscalers follow.
 *
 * @param tier the tier of traffic that holds, counted from 1
 * @param hasQueueMetric whether something in the cluster tells autoscalers how many events wait
 */
public record Scaling(int tier, boolean hasQueueMetric) {

    /** What holds while nothing is known of traffic and cluster. */
    static Scaling unmeasured(MiniProgramBackendSpec spec) {
        return new Scaling(1, spec.worker().queue().source() == Queue.Source.EXTERNAL);
    }
}
