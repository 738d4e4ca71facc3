package io.miniplane.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/** Stands in for scheduler and kubelet: says of every pod that it runs and is ready. Nothing is run. */
public final class FakeNode implements AutoCloseable {

    private final KubernetesClient client;
    private final SharedIndexInformer<Pod> pods;

    /** Starts with the pods that are there. */
    public FakeNode(KubernetesClient client) {
        this.client = client;
        this.pods = client.pods().inAnyNamespace().inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                makeReady(pod);
            }

            @Override
            public void onUpdate(Pod before, Pod pod) {
                makeReady(pod);
            }

            @Override
            public void onDelete(Pod pod, boolean unknown) {}
        });
    }

    @Override
    public void close() {
        pods.close();
    }

    private void makeReady(Pod pod) {
        boolean ready =
                pod.getStatus().getConditions().stream().anyMatch(condition -> "Ready".equals(condition.getType()));
        if (ready || pod.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        try {
            client.resource(new PodBuilder(pod)
                            .editStatus()
                            .withPhase("Running")
                            .addNewCondition()
                            .withType("Ready")
                            .withStatus("True")
                            .endCondition()
                            .endStatus()
                            .build())
                    .updateStatus();
        } catch (KubernetesClientException gone) {
            // Replaced before it was ready: a later event brings the newer one.
        }
    }
}
