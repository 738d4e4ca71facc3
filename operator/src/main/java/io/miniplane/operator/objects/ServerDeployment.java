package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The servers of a component. The number of them is left to the autoscaler, and they restart when something changes
 * that they read only at their start.
 */
final class ServerDeployment extends OwnedObject<Deployment> {

    /** Changes whenever running pods must be replaced because of what they have mounted. */
    static final String CHECKSUM = "miniplane.io/restart-checksum";

    private final Component component;
    private final ToIntFunction<Backend> fewestPods;

    /** @param fewestPods the pods that there are without load */
    ServerDeployment(Component component, ToIntFunction<Backend> fewestPods) {
        super(Deployment.class, component::nameFor);
        this.component = component;
        this.fewestPods = fewestPods;
    }

    /** Starts with as many pods as there are without load, instead of the one that Kubernetes takes on its own. */
    @Override
    Deployment render(Backend backend) {
        return with(fewestPods.applyAsInt(backend), backend);
    }

    /** The number of pods stays ours until somebody else decides on it: left out before that, it would become 1. */
    @Override
    Deployment renderOver(Deployment live, Backend backend) {
        return decidesOnPods(live) ? with(live.getSpec().getReplicas(), backend) : of(component, backend);
    }

    private Deployment with(int pods, Backend backend) {
        Deployment deployment = of(component, backend);
        deployment.getSpec().setReplicas(pods);
        return deployment;
    }

    @Override
    public Deployment update(
            Deployment live, Deployment desired, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        if (desired.getSpec().getReplicas() != null) {
            // An autoscaler that decides at this moment must not be overruled.
            desired.getMetadata().setResourceVersion(live.getMetadata().getResourceVersion());
        }
        return super.update(live, desired, primary, context);
    }

    private static boolean decidesOnPods(Deployment live) {
        return live.getMetadata().getManagedFields().stream()
                .filter(entry -> Backend.MANAGER.equals(entry.getManager()))
                .anyMatch(ServerDeployment::hasReplicas);
    }

    private static boolean hasReplicas(ManagedFieldsEntry entry) {
        return entry.getFieldsV1() != null
                && entry.getFieldsV1().getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
                && spec.containsKey("f:replicas");
    }

    /** The Deployment of a component without its number of pods. */
    static Deployment of(Component component, Backend backend) {
        return new DeploymentBuilder()
                .withMetadata(backend.metadata(component))
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(backend.selector(component))
                .endSelector()
                .withRevisionHistoryLimit(5)
                .withProgressDeadlineSeconds(
                        (int) backend.spec().rollout().deadline().duration().toSeconds())
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(new IntOrString("25%"))
                .withMaxUnavailable(new IntOrString(0))
                .endRollingUpdate()
                .endStrategy()
                .withTemplate(PodVersion.stamped(template(component, backend)))
                .endSpec()
                .build();
    }

    private static PodTemplateSpec template(Component component, Backend backend) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(backend.labels(component.label()))
                .addToLabels(Backend.ROLE, component.role())
                .addToAnnotations(CHECKSUM, RestartChecksum.of(backend))
                .addToAnnotations(backend.restart())
                .endMetadata()
                .withSpec(ServerPod.render(component, backend))
                .build();
    }
}
