package io.miniplane.operator.scale;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDRBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.ControlPlane;
import io.miniplane.operator.OwnedKinds;
import io.miniplane.operator.objects.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Many backends like the one of {@code examples/shop.yaml}, a hundred in each namespace. */
final class Fleet {

    private static final Path EXAMPLE = Path.of("../examples/shop.yaml");
    private static final int IN_ONE_NAMESPACE = 100;
    private static final int AT_ONCE = 8;
    private static final String STRANGERS = "strangers";

    private final KubernetesClient client;
    private final int backends;
    private final String manifest;

    Fleet(ControlPlane plane, int backends) throws IOException {
        this.client = plane.admin();
        this.backends = backends;
        this.manifest = Files.readString(EXAMPLE);
        giveAddresses();
        for (int number = 0; number < backends; number += IN_ONE_NAMESPACE) {
            plane.createNamespace(namespace(number));
            secret(namespace(number), "shop-wechat", Map.of("appSecret", "0123456789abcdef0123456789abcdef"));
            secret(
                    namespace(number),
                    "shop-db",
                    Map.of("host", "db", "dbname", "shop", "username", "shop", "password", "trial-password"));
        }
        plane.createNamespace(STRANGERS);
    }

    /** The API server has 254 addresses for Services by itself. */
    private void giveAddresses() {
        client.resource(new ServiceCIDRBuilder()
                        .withNewMetadata()
                        .withName("fleet")
                        .endMetadata()
                        .withNewSpec()
                        .withCidrs("10.64.0.0/16")
                        .endSpec()
                        .build())
                .create();
    }

    /** Applies all backends. */
    void apply() {
        inParallel(backends, number -> {
            var backend = Serialization.unmarshal(manifest, GenericKubernetesResource.class);
            backend.getMetadata().setNamespace(namespace(number));
            backend.getMetadata().setName("shop-" + number);
            backend.<Map<String, Object>>get("spec").put("appId", "wx%016x".formatted(number));
            client.resource(backend).create();
        });
    }

    /** Says of all servers that they are ready, as the controllers of Kubernetes would. */
    void makeReady() {
        inParallel(backends, number -> {
            ready(namespace(number), "shop-" + number + "-api");
            ready(namespace(number), "shop-" + number + "-worker");
        });
    }

    /** Makes Secrets that no backend names, of 2 KiB each. */
    void addStrangers(int secrets) {
        inParallel(secrets, number -> secret(STRANGERS, "stranger-" + number, Map.of("value", "x".repeat(2048))));
    }

    /** How many backends have a status that holds for what they ask for, and is as wanted. */
    long count(Predicate<MiniProgramBackend> wanted) {
        return client.resources(MiniProgramBackend.class).inAnyNamespace().list().getItems().stream()
                .filter(backend -> backend.getStatus() != null
                        && backend.getMetadata()
                                .getGeneration()
                                .equals(backend.getStatus().observedGeneration()))
                .filter(wanted)
                .count();
    }

    /** How many objects all backends own. */
    long owned() {
        return OwnedKinds.ALL.stream()
                .mapToLong(kind -> client.genericKubernetesResources(kind.getFirst(), kind.getLast())
                        .inAnyNamespace()
                        .withLabel(Backend.LABEL)
                        .list()
                        .getItems()
                        .size())
                .sum();
    }

    private void ready(String namespace, String name) {
        Deployment deployment = client.resources(Deployment.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
        int pods = deployment.getSpec().getReplicas();
        client.resource(new DeploymentBuilder(deployment)
                        .withNewStatus()
                        .withObservedGeneration(deployment.getMetadata().getGeneration())
                        .withReplicas(pods)
                        .withUpdatedReplicas(pods)
                        .withReadyReplicas(pods)
                        .withAvailableReplicas(pods)
                        .addNewCondition()
                        .withType("Available")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build())
                .updateStatus();
    }

    private void secret(String namespace, String name, Map<String, String> values) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withStringData(values)
                        .build())
                .create();
    }

    private static String namespace(int number) {
        return "fleet-" + number / IN_ONE_NAMESPACE;
    }

    private static void inParallel(int times, IntConsumer work) {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var all = IntStream.range(0, times)
                    .<Future<?>>mapToObj(number -> threads.submit(() -> work.accept(number)))
                    .toList();
            for (Future<?> each : all) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new KubernetesClientException("The API server refuses what the fleet needs", e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
