package io.miniplane.operator.metrics;

/**
 * How the API server finds the operators.
 *
 * @param namespace namespace of the operators
 * @param name Service in front of them, whose port 443 leads to the port of external metrics
 */
public record MetricsService(String namespace, String name) {

    /** Port of the Service. */
    static final int PORT = 443;

    /** The name by which it is reached in the cluster, which the API server expects in the certificate. */
    public String dnsName() {
        return name + "." + namespace + ".svc";
    }
}
