package io.miniplane.operator.metrics;

import io.miniplane.crd.v1alpha1.Queue;

/**
 * What of the cluster decides where autoscalers read.
 *
 * @param registration who provides external metrics
 * @param canServe whether this operator could
 */
record ProviderState(Registration registration, boolean canServe) {

    private static final MetricSource NO_KEDA = new MetricSource.None(
            "KedaMissing", "KEDA is not installed: install it, or set spec.worker.queue.source to Auto");
    private static final MetricSource OUTSIDE = new MetricSource.None(
            "OutsideOfCluster",
            "The operator runs where nobody in the cluster can ask it: set POD_NAMESPACE to the namespace of the Service in"
                    + " front of it, or set spec.worker.queue.source to External");

    /** Who provides external metrics in the cluster; there can only be one. */
    sealed interface Registration {

        /** Nobody. */
        record Absent() implements Registration {}

        /** This operator; whether the API server trusts the certificates of now. */
        record Ours(boolean upToDate) implements Registration {}

        /** Somebody else. */
        record Others(String provider) implements Registration {}

        /** It can't be seen. */
        record Unreadable() implements Registration {}
    }

    /** @param hasKeda whether KEDA is installed */
    MetricSource resolve(Queue.Source wanted, boolean hasKeda) {
        return switch (wanted) {
            case EXTERNAL -> new MetricSource.External();
            case KEDA -> hasKeda ? keda() : NO_KEDA;
            case OPERATOR -> own();
            case AUTO -> hasKeda && canServe ? keda() : registered();
        };
    }

    private MetricSource keda() {
        return canServe ? new MetricSource.Keda() : OUTSIDE;
    }

    private MetricSource registered() {
        return registration instanceof Registration.Others ? new MetricSource.External() : own();
    }

    private MetricSource own() {
        return switch (registration) {
            case Registration.Others(String provider) ->
                new MetricSource.None(
                        "OtherProvider",
                        ("external.metrics.k8s.io is served by %s, which is left alone: set spec.worker.queue.source to"
                                        + " External and let it serve %s, or remove it")
                                .formatted(provider, ExternalMetricsApi.METRIC));
            case Registration.Unreadable() ->
                new MetricSource.None(
                        "NoRights",
                        "The operator may not read the APIService v1beta1.external.metrics.k8s.io: give it the rights"
                                + " of its ClusterRole in the whole cluster, or set spec.worker.queue.source to External");
            case Registration.Absent(), Registration.Ours(boolean _) ->
                canServe ? new MetricSource.Operator() : OUTSIDE;
        };
    }
}
