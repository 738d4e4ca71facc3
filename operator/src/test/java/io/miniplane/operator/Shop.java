package io.miniplane.operator;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.Condition;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** The backend of {@code examples/shop.yaml} in a namespace of its own. */
final class Shop {

    private static final Path EXAMPLE = Path.of("../examples/shop.yaml");

    /** How soon the cluster must follow. */
    static final Duration SOON = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final String namespace;

    private Shop(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Makes the namespace with nothing in it. */
    static Shop in(ControlPlane plane, String namespace) {
        plane.createNamespace(namespace);
        return new Shop(plane.admin(), namespace);
    }

    Shop withSecrets() {
        return withSecret("shop-wechat", Map.of("appSecret", "0123456789abcdef0123456789abcdef"))
                .withSecret(
                        "shop-db",
                        Map.of("host", "db", "dbname", "shop", "username", "shop", "password", "trial-password"));
    }

    Shop withSecret(String name, Map<String, String> values) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withStringData(values)
                        .build())
                .create();
        return this;
    }

    Shop applied() {
        client.resource(manifest(namespace)).create();
        return this;
    }

    /** The example. Not through the Java types: what they leave out of a partial manifest would be sent as 0. */
    static GenericKubernetesResource manifest(String namespace) {
        try (var file = Files.newInputStream(EXAMPLE)) {
            var backend = Serialization.unmarshal(file, GenericKubernetesResource.class);
            backend.getMetadata().setNamespace(namespace);
            return backend;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Shop ready() {
        until("Ready", () -> hasCondition("Ready", Condition.Status.TRUE), Duration.ofSeconds(20));
        until(
                "Settled",
                () -> condition("Progressing").orElseThrow().reason().equals("Settled"),
                Duration.ofSeconds(20));
        return this;
    }

    String namespace() {
        return namespace;
    }

    Resource<MiniProgramBackend> backend() {
        return client.resources(MiniProgramBackend.class).inNamespace(namespace).withName("shop");
    }

    <R extends HasMetadata> Resource<R> object(Class<R> kind, String name) {
        return client.resources(kind).inNamespace(namespace).withName(name);
    }

    /** An object of a kind that there are no types for. */
    Resource<GenericKubernetesResource> object(String apiVersion, String kind, String name) {
        return client.genericKubernetesResources(apiVersion, kind)
                .inNamespace(namespace)
                .withName(name);
    }

    Resource<Deployment> deployment() {
        return object(Deployment.class, "shop-api");
    }

    Resource<Secret> secret(String name) {
        return object(Secret.class, name);
    }

    Optional<Condition> condition(String type) {
        return Optional.ofNullable(backend().get())
                .map(MiniProgramBackend::getStatus)
                .flatMap(status -> status.conditions().stream()
                        .filter(condition -> type.equals(condition.type()))
                        .findFirst());
    }

    boolean hasCondition(String type, Condition.Status status) {
        return condition(type).filter(condition -> condition.status() == status).isPresent();
    }

    void annotate(String name, String value) {
        edit(backend(), backend -> backend.getMetadata().getAnnotations().put(name, value));
    }

    /** Changes an object by hand; controllers that change it at the same time only make it try again. */
    static <R extends HasMetadata> void edit(Resource<R> resource, Consumer<R> change) {
        until(
                "edit",
                () -> {
                    resource.edit(object -> {
                        change.accept(object);
                        return object;
                    });
                    return true;
                },
                Duration.ofSeconds(10));
    }

    /** Replaces text in the manifest, as JSON, and applies it. */
    void change(String text, String replacement) {
        edit(
                backend(),
                it -> it.setSpec(Serialization.unmarshal(
                        Serialization.asJson(it.getSpec()).replace(text, replacement), MiniProgramBackendSpec.class)));
    }

    /** Merges a part into the spec; null takes something away. */
    void patch(String yaml) {
        Map<?, ?> patch = Serialization.unmarshal("spec: " + yaml, Map.class);
        backend().patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(patch));
    }

    static void soon(String what, Callable<Boolean> holds) {
        until(what, holds, SOON);
    }

    static void until(String what, Callable<Boolean> holds, Duration limit) {
        await(what)
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(100))
                .atMost(limit)
                .until(holds);
    }
}
