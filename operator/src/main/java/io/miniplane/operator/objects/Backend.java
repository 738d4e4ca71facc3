package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import io.miniplane.crd.v1alpha1.Tier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that the objects of one backend are rendered from.
 *
 * @param resource what its owner applied
 * @param image container image of the servers
 * @param credentials what the servers sign in with, already checked
 * @param scaling what autoscalers follow
 * @param canary the version that is on trial beside this one, if any
 */
public record Backend(
        MiniProgramBackend resource,
        String image,
        Credentials credentials,
        Scaling scaling,
        Optional<CanaryServers> canary) {

    /** The field manager under which all objects are applied. */
    public static final String MANAGER = "miniplane";

    /** The label that names the backend an object belongs to; informers select by it. */
    public static final String LABEL = "miniplane.io/backend";

    /** The label by which pods of one version are told from those of another. */
    public static final String VERSION = "miniplane.io/version";

    /** The label by which the role of the servers in a pod is told, whatever the part of the backend is called. */
    static final String ROLE = "miniplane.io/role";

    /** Set to {@code "true"} on a backend, its keys are deleted with it. */
    public static final String DELETE_KEYS = "miniplane.io/delete-keys";

    /** Set to {@code "true"} on a backend, the database that was made for it is deleted with it. */
    public static final String DELETE_DATABASE = "miniplane.io/delete-database";

    /** Another value of this on a backend replaces its pods, and tries a version again that has failed. */
    public static final String RESTART = "miniplane.io/restart";

    /** A backend of which nothing has been measured. */
    public Backend(MiniProgramBackend resource, String image, Credentials credentials) {
        this(resource, image, credentials, Scaling.unmeasured(resource.getSpec()));
    }

    /** A backend that has no version on trial. */
    public Backend(MiniProgramBackend resource, String image, Credentials credentials, Scaling scaling) {
        this(resource, image, credentials, scaling, Optional.empty());
    }

    /** The same with other figures to scale by. */
    public Backend scaled(Scaling other) {
        return new Backend(resource, image, credentials, other, canary);
    }

    /** The same with a version on trial beside it, or without. */
    public Backend beside(Optional<CanaryServers> other) {
        return new Backend(resource, image, credentials, scaling, other);
    }

    /** Name of the database that is made for a backend. */
    public static String databaseName(String backend) {
        return backend + "-db";
    }

    /** Name of the Secret that CloudNativePG writes with how to reach the database of a backend. */
    public static String databaseSecret(String backend) {
        return databaseName(backend) + "-app";
    }

    /** Finds the backend that a reconciliation works on. */
    static Backend of(Context<MiniProgramBackend> context) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(Backend.class, Backend.class);
    }

    /** Makes the objects of this reconciliation be rendered from this. */
    public void putInto(Context<MiniProgramBackend> context) {
        context.managedWorkflowAndDependentResourceContext().put(Backend.class, this);
    }

    /** What the owner asks for. */
    public MiniProgramBackendSpec spec() {
        return resource.getSpec();
    }

    String name() {
        return resource.getMetadata().getName();
    }

    String namespace() {
        return resource.getMetadata().getNamespace();
    }

    /** The tier that holds, or the last one where the manifest has fewer by now. */
    public Tier tier() {
        List<Tier> tiers = spec().api().tiers();
        return tiers.get(Math.clamp(scaling.tier(), 1, tiers.size()) - 1);
    }

    /** Whether the keys of a backend go with it. */
    public static boolean deletesKeys(MiniProgramBackend resource) {
        return isAnnotated(resource, DELETE_KEYS);
    }

    /** Whether the database that was made for a backend goes with it. */
    static boolean deletesDatabase(MiniProgramBackend resource) {
        return isAnnotated(resource, DELETE_DATABASE);
    }

    private static boolean isAnnotated(MiniProgramBackend resource, String annotation) {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        return annotations != null && "true".equals(annotations.get(annotation));
    }

    /** Whether the traffic of a backend is governed by Istio. */
    static boolean isInMesh(MiniProgramBackendSpec spec) {
        return spec.mesh().istio().enabled();
    }

    /** What its owner wrote to have the pods replaced, for the pods to carry. */
    Map<String, String> restart() {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        String value = annotations == null ? null : annotations.get(RESTART);
        return value == null ? Map.of() : Map.of(RESTART, value);
    }

    /** Labels that pods of a component are found by; they never change during the life of a backend. */
    public Map<String, String> selector(Component component) {
        return selector(component.label());
    }

    /** Labels that all pods have which answer HTTP, those of a canary too. */
    Map<String, String> everyApiPod() {
        var selector = new TreeMap<>(podLabels());
        selector.put(ROLE, Component.API.role());
        return selector;
    }

    /** Labels that all pods of a backend have, whatever they do. */
    Map<String, String> podLabels() {
        return Map.of("app.kubernetes.io/name", "miniplane-backend", "app.kubernetes.io/instance", name());
    }

    /** What an object is called that belongs to a component and has the name of its Deployment. */
    ObjectMeta metadata(Component component) {
        return metadata(component.nameFor(name()), component.label());
    }

    ObjectMeta metadata(String objectName, String part) {
        return new ObjectMetaBuilder()
                .withName(objectName)
                .withNamespace(namespace())
                .withLabels(labels(part))
                .build();
    }

    Map<String, String> labels(String part) {
        var labels = new TreeMap<>(selector(part));
        labels.put("app.kubernetes.io/managed-by", "miniplane");
        labels.put("app.kubernetes.io/part-of", "miniplane");
        labels.put(LABEL, name());
        return labels;
    }

    private Map<String, String> selector(String part) {
        var selector = new TreeMap<>(podLabels());
        selector.put("app.kubernetes.io/component", part);
        return selector;
    }
}
