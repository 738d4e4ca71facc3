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

    /** What holds while nothing has been measured. */
    static Scaling unmeasured(MiniProgramBackendSpec spec) {
        return of(spec, 1);
    }

    /** What follows from a manifest and the tier of its traffic. */
    public static Scaling of(MiniProgramBackendSpec spec, int tier) {
        return new Scaling(tier, spec.worker().queue().source() == Queue.Source.EXTERNAL);
    }
}
