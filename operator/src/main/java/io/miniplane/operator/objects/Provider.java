package io.miniplane.operator.objects;

/** Software that brings kinds which not every cluster has. */
public enum Provider {
    /** Reads metrics and alerts wherever it finds them, so nobody has to ask for them. */
    PROMETHEUS_OPERATOR("Prometheus operator", "PrometheusOperatorMissing", false),
    /** Routes requests from outside. */
    GATEWAY_API("Gateway API", "GatewayApiMissing", true),
    /** The service mesh. */
    ISTIO("Istio", "IstioMissing", true),
    /** Runs PostgreSQL. */
    CLOUD_NATIVE_PG("CloudNativePG", "CloudNativePgMissing", true),
    /** Scales workers by their queues. */
    KEDA("KEDA", "KedaMissing", true);

    private final String product;
    private final String absence;
    private final boolean askedFor;

    Provider(String product, String absence, boolean askedFor) {
        this.product = product;
        this.absence = absence;
        this.askedFor = askedFor;
    }

    /** What to install. */
    public String product() {
        return product;
    }

    /** The reason of conditions where it is missing. */
    public String absence() {
        return absence;
    }

    /** Whether its kinds are made only for those who ask for them, who miss something without it. */
    public boolean isAskedFor() {
        return askedFor;
    }
}
