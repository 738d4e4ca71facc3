package io.miniplane.operator;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/** Stands in for scheduler and kubelet: says of every pod that it runs and is ready, or has trouble. Nothing is run. */
public final class FakeNode implements AutoCloseable {

    private final KubernetesClient client;
    private final Function<Pod, Optional<ContainerStatus>> trouble;
    private final SharedIndexInformer<Pod> pods;

    /** Starts with the pods that are there, and makes all of them ready. */
    public FakeNode(KubernetesClient client) {
        this(client, pod -> Optional.empty());
    }

    /** @param trouble what a kubelet says of the first container of a pod that does not become ready */
    public FakeNode(KubernetesClient client, Function<Pod, Optional<ContainerStatus>> trouble) {
        this.client = client;
        this.trouble = trouble;
        this.pods = client.pods().inAnyNamespace().inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                run(pod);
            }

            @Override
            public void onUpdate(Pod before, Pod pod) {
                run(pod);
            }

            @Override
            public void onDelete(Pod pod, boolean unknown) {}
        });
    }

    @Override
    public void close() {
        pods.close();
    }

    private void run(Pod pod) {
        boolean known =
                pod.getStatus().getConditions().stream().anyMatch(condition -> "Ready".equals(condition.getType()));
        if (known || pod.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        Optional<ContainerStatus> failing = trouble.apply(pod);
        try {
            client.resource(new PodBuilder(pod)
                            .editStatus()
                            .withPhase(failing.isPresent() ? "Pending" : "Running")
                            .withContainerStatuses(failing.stream().toList())
                            .withStartTime(Instant.now()
                                    .truncatedTo(ChronoUnit.SECONDS)
                                    .toString())
                            .addNewCondition()
                            .withType("Ready")
                            .withStatus(failing.isPresent() ? "False" : "True")
                            .endCondition()
                            .endStatus()
                            .build())
                    .updateStatus();
        } catch (KubernetesClientException gone) {
            // Replaced before it was ready: a later event brings the newer one.
        }
    }
}
