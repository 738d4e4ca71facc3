package io.miniplane.operator;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A scheduler and a kubelet for the pods of one namespace, each of which becomes a {@link KeyedPod}. Whatever they do
 * takes a while, and a pod that is deleted goes on working until it is gone. Endpoints follow as of their controller.
 */
final class SlowNode implements AutoCloseable {

    private static final int START_MILLIS = 600;
    private static final int STOP_MILLIS = 1500;

    private final KubernetesClient client;
    private final String namespace;
    private final SecretHistory secret;
    private final KeyedData data;
    private final Map<String, KeyedPod> running = new HashMap<>();
    private final Set<String> leaving = new TreeSet<>();
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("node").factory());

    SlowNode(KubernetesClient client, String namespace, SecretHistory secret, KeyedData data) {
        this.client = client;
        this.namespace = namespace;
        this.secret = secret;
        this.data = data;
        var _ = loop.scheduleWithFixedDelay(this::look, 0, 150, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        loop.shutdownNow();
        running.values().forEach(KeyedPod::close);
    }

    private void look() {
        try {
            List<Pod> pods = client.pods().inNamespace(namespace).list().getItems();
            Set<String> names =
                    pods.stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.toSet());
            List.copyOf(running.keySet()).stream()
                    .filter(name -> !names.contains(name))
                    .forEach(this::stop);
            pods.forEach(this::follow);
        } catch (KubernetesClientException passing) {
            // Whatever changed meanwhile is seen at the next look.
        }
    }

    private void follow(Pod pod) {
        String name = pod.getMetadata().getName();
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            if (leaving.add(name)) {
                slice(pod)
                        .ifPresent(
                                slice -> client.resource(slice).forceConflicts().serverSideApply());
                later(STOP_MILLIS, () -> stop(name));
            }
        } else if (pod.getSpec().getNodeName() == null) {
            bind(pod);
            later(START_MILLIS, () -> start(pod));
        }
    }

    private void later(int mostMillis, Runnable act) {
        var _ = loop.schedule(
                () -> {
                    try {
                        act.run();
                    } catch (KubernetesClientException passing) {
                        // The pod has gone meanwhile.
                    }
                },
                ThreadLocalRandom.current().nextInt(mostMillis),
                TimeUnit.MILLISECONDS);
    }

    private void bind(Pod pod) {
        client.resource(new BindingBuilder()
                        .withNewMetadata()
                        .withName(pod.getMetadata().getName())
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewTarget()
                        .withKind("Node")
                        .withName("slow")
                        .endTarget()
                        .build())
                .create();
    }

    private void start(Pod pod) {
        String name = pod.getMetadata().getName();
        running.put(name, new KeyedPod(name, component(pod).equals("worker"), secret, data));
        slice(pod).ifPresent(slice -> client.resource(slice).forceConflicts().serverSideApply());
        client.pods()
                .inNamespace(namespace)
                .withName(name)
                .editStatus(live -> new PodBuilder(live)
                        .editStatus()
                        .withPhase("Running")
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build());
    }

    private void stop(String name) {
        KeyedPod pod = running.remove(name);
        if (pod != null) {
            pod.close();
        }
        leaving.remove(name);
        client.pods().inNamespace(namespace).withName(name).withGracePeriod(0).delete();
        client.resources(EndpointSlice.class)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    private static String component(Pod pod) {
        return pod.getMetadata().getLabels().get("app.kubernetes.io/component");
    }

    private Optional<EndpointSlice> slice(Pod pod) {
        KeyedPod known = running.get(pod.getMetadata().getName());
        return Optional.ofNullable(known)
                .map(it -> new EndpointSliceBuilder()
                        .withNewMetadata()
                        .withName(pod.getMetadata().getName())
                        .withNamespace(namespace)
                        .addToLabels("miniplane.io/backend", "shop")
                        .addToLabels("kubernetes.io/service-name", "shop-" + component(pod))
                        .endMetadata()
                        .withAddressType("IPv4")
                        .addNewPort()
                        .withName("management")
                        .withPort(it.address().getPort())
                        .withProtocol("TCP")
                        .endPort()
                        .addNewEndpoint()
                        .withAddresses(it.address().getAddress().getHostAddress())
                        .withNewConditions()
                        .withTerminating(pod.getMetadata().getDeletionTimestamp() != null)
                        .endConditions()
                        .withNewTargetRef()
                        .withKind("Pod")
                        .withName(pod.getMetadata().getName())
                        .withNamespace(namespace)
                        .endTargetRef()
                        .endEndpoint()
                        .build());
    }
}
