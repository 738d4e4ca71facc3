package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The servers of a component. The number of them is left to the autoscaler, and they restart when something changes
 * that they read only at their start.
 */
final class ServerDeployment extends OwnedObject<Deployment> {

    /** Changes whenever running pods must be replaced because of what they have mounted. */
    static final String CHECKSUM = "miniplane.io/restart-checksum";

    /** Field manager of a number of pods that holds until somebody decides; it never speaks twice of one. */
    static final String STARTER = "miniplane-start";

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
    public Deployment create(Deployment desired, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        Deployment created = super.create(desired, primary, context);
        return suggestPods(created, fewestPods.applyAsInt(Backend.of(context)), context);
    }

    /** An operator of before that decided on the number of pods hands it over first: dropped, it would become 1. */
    @Override
    public Deployment update(
            Deployment live, Deployment desired, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        Integer pods = live.getSpec().getReplicas();
        if (pods != null && decidesOnPods(live, context)) {
            suggestPods(live, pods, context);
        }
        return super.update(live, desired, primary, context);
    }

    private static boolean decidesOnPods(Deployment live, Context<MiniProgramBackend> context) {
        String manager = context.getControllerConfiguration().fieldManager();
        return live.getMetadata().getManagedFields().stream()
                .filter(entry -> manager.equals(entry.getManager()))
                .anyMatch(ServerDeployment::hasReplicas);
    }

    private static boolean hasReplicas(ManagedFieldsEntry entry) {
        return entry.getFieldsV1() != null
                && entry.getFieldsV1().getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
                && spec.containsKey("f:replicas");
    }

    private static Deployment suggestPods(Deployment live, int pods, Context<MiniProgramBackend> context) {
        var number = new DeploymentBuilder()
                .withNewMetadata()
                .withName(live.getMetadata().getName())
                .withNamespace(live.getMetadata().getNamespace())
                .endMetadata()
                .withNewSpec()
                .withReplicas(pods)
                .endSpec()
                .build();
        try {
            return context.getClient().resource(number).fieldManager(STARTER).serverSideApply();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            // Somebody decides on the number of pods already.
            return live;
        }
    }

    @Override
    Deployment render(Backend backend) {
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
                .withTemplate(PodVersion.stamped(template(backend)))
                .endSpec()
                .build();
    }

    private PodTemplateSpec template(Backend backend) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(backend.labels(component.label()))
                .addToAnnotations(CHECKSUM, RestartChecksum.of(backend))
                .addToAnnotations(backend.restart())
                .endMetadata()
                .withSpec(ServerPod.render(component, backend))
                .build();
    }
}
