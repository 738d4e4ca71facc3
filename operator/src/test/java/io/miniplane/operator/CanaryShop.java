package io.miniplane.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.miniplane.crd.v1alpha1.Condition;
import io.miniplane.crd.v1alpha1.Condition.Status;
import io.miniplane.crd.v1alpha1.RolloutStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A shop that serves and tries new versions as canaries; every pod of a canary tells of itself over real HTTP. */
final class CanaryShop implements AutoCloseable {

    static final String GOOD = "miniplane/api-server:test";
    static final Duration LIMIT = Duration.ofSeconds(40);

    private final Shop shop;
    private final KubernetesClient client;
    private final Map<String, TellingPod> telling = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Pod> pods;

    private CanaryShop(Shop shop, KubernetesClient client, Consumer<TellingPod> behaviour) {
        this.shop = shop;
        this.client = client;
        this.pods = client.pods()
                .inNamespace(shop.namespace())
                .withLabel("app.kubernetes.io/component", "canary")
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(Pod pod) {
                        var tells = TellingPod.as(pod, "canary", client);
                        behaviour.accept(tells);
                        telling.put(pod.getMetadata().getName(), tells);
                    }

                    @Override
                    public void onUpdate(Pod before, Pod pod) {}

                    @Override
                    public void onDelete(Pod pod, boolean unknown) {
                        // As an EndpointSlice controller does.
                        client
                                .resources(io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice.class)
                                .inNamespace(shop.namespace())
                                .list()
                                .getItems()
                                .stream()
                                .filter(slice -> slice.getEndpoints()
                                        .getFirst()
                                        .getTargetRef()
                                        .getName()
                                        .equals(pod.getMetadata().getName()))
                                .forEach(slice -> client.resource(slice).delete());
                        Optional.ofNullable(telling.remove(pod.getMetadata().getName()))
                                .ifPresent(TellingPod::close);
                    }
                });
    }

    /**
     * Makes one that is ready.
     *
     * @param steps of its canaries, as YAML
     * @param behaviour what its canaries tell
     */
    static CanaryShop serving(ControlPlane plane, String namespace, String steps, Consumer<TellingPod> behaviour) {
        Shop shop = Shop.in(plane, namespace).withSecrets().applied();
        shop.patch("{rollout: {strategy: Canary, deadline: 10s, canary: {steps: %s,".formatted(steps)
                + " abortOn: {errorRate: 0.02, p99Latency: 500ms}}}}");
        shop.ready();
        Shop.until("remembered", () -> shop.secret("shop-last-good").get() != null, LIMIT);
        return new CanaryShop(shop, plane.admin(), behaviour);
    }

    Shop shop() {
        return shop;
    }

    /** What its canaries tell from now on. */
    void tell(Consumer<TellingPod> behaviour) {
        telling.values().forEach(behaviour);
    }

    CanaryShop image(String image) {
        shop.patch("{image: '%s'}".formatted(image));
        return this;
    }

    Resource<Deployment> canary() {
        return shop.object(Deployment.class, "shop-canary");
    }

    Optional<RolloutStatus> rollout() {
        return Optional.ofNullable(shop.backend().get().getStatus().rollout());
    }

    /** Waits until the canary is in a step, counted from 1, and has its part of the traffic. */
    void inStep(int step, int weight) {
        Shop.until(
                "step " + step,
                () -> rollout()
                        .filter(it -> it.step() == step && it.weight() == weight)
                        .isPresent(),
                LIMIT);
    }

    void inPhase(RolloutStatus.Phase phase) {
        Shop.until(
                "phase " + phase,
                () -> rollout().filter(it -> it.phase() == phase).isPresent(),
                LIMIT);
    }

    /** Waits until nothing of a canary is left and all pods have an image. */
    void settledOn(String image) {
        Shop.until("no canary", () -> canary().get() == null && rollout().isEmpty(), LIMIT);
        Shop.until(
                "all pods have " + image,
                () -> List.of("shop-api", "shop-worker").stream().allMatch(name -> image.equals(imageOf(name))),
                LIMIT);
    }

    void rolledBack(String why) {
        Shop.until(
                "rolled back",
                () -> "RolledBack"
                                .equals(shop.condition("Degraded").orElseThrow().reason())
                        && message("Degraded").startsWith(why),
                LIMIT);
    }

    String message(String condition) {
        return shop.condition(condition).map(Condition::message).orElse("");
    }

    boolean isWell() {
        return shop.hasCondition("Degraded", Status.FALSE);
    }

    String imageOf(String deployment) {
        return shop.object(Deployment.class, deployment)
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    /** Reasons and notes of all events. */
    List<String> events() {
        return client.resources(Event.class).inNamespace(shop.namespace()).list().getItems().stream()
                .map(event -> event.getReason() + ": " + event.getNote())
                .toList();
    }

    @Override
    public void close() {
        pods.close();
        telling.values().forEach(TellingPod::close);
    }
}
