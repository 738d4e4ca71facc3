package io.miniplane.operator;

import java.util.List;

/** The kinds of which backends own objects, by version and name, without the help of the code that makes them. */
public final class OwnedKinds {

    /** All of them. */
    public static final List<List<String>> ALL = List.of(
            List.of("v1", "Secret"),
            List.of("v1", "ServiceAccount"),
            List.of("v1", "ConfigMap"),
            List.of("v1", "Service"),
            List.of("apps/v1", "Deployment"),
            List.of("autoscaling/v2", "HorizontalPodAutoscaler"),
            List.of("policy/v1", "PodDisruptionBudget"),
            List.of("networking.k8s.io/v1", "NetworkPolicy"),
            List.of("networking.k8s.io/v1", "Ingress"),
            List.of("batch/v1", "CronJob"),
            List.of("monitoring.coreos.com/v1", "ServiceMonitor"),
            List.of("monitoring.coreos.com/v1", "PrometheusRule"),
            List.of("gateway.networking.k8s.io/v1", "HTTPRoute"),
            List.of("networking.istio.io/v1", "VirtualService"),
            List.of("networking.istio.io/v1", "DestinationRule"),
            List.of("security.istio.io/v1", "PeerAuthentication"),
            List.of("postgresql.cnpg.io/v1", "Cluster"),
            List.of("keda.sh/v1alpha1", "ScaledObject"));

    private OwnedKinds() {}
}
