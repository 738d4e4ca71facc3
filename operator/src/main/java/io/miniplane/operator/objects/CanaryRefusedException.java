package io.miniplane.operator.objects;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** The API server or a policy of the cluster does not take the objects of a canary. */
public final class CanaryRefusedException extends RuntimeException {

    private final transient KubernetesClientException refusal;

    CanaryRefusedException(KubernetesClientException refusal) {
        super(refusal);
        this.refusal = refusal;
    }

    /** What the API server said. */
    public KubernetesClientException refusal() {
        return refusal;
    }
}
