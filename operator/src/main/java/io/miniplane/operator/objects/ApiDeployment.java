package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.net.HttpURLConnection;

/**
 * The servers that answer HTTP. The number of them is left to the autoscaler, and they restart when something changes
 * that they read only at their start.
 */
final class ApiDeployment extends OwnedObject<Deployment> {

    /** Changes whenever running pods must be replaced because of what they have mounted. */
    static final String CHECKSUM = "miniplane.io/restart-checksum";

    /** Field manager of the first number of pods; it never speaks again, so the autoscaler's word holds. */
    static final String STARTER = "miniplane-start";

    ApiDeployment() {
        super(Deployment.class, Backend::apiName);
    }

    /** Starts with as many pods as there are without load, instead of the one that Kubernetes takes on its own. */
    @Override
    public Deployment create(Deployment desired, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        Deployment created = super.create(desired, primary, context);
        try {
            return context.getClient()
                    .resource(firstPods(created, ApiAutoscaler.fewestPods(Backend.of(context))))
                    .fieldManager(STARTER)
                    .serverSideApply();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            // Somebody decides on the number of pods already.
            return created;
        }
    }

    private static Deployment firstPods(Deployment created, int pods) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(created.getMetadata().getName())
                .withNamespace(created.getMetadata().getNamespace())
                .endMetadata()
                .withNewSpec()
                .withReplicas(pods)
                .endSpec()
                .build();
    }

    @Override
    Deployment render(Backend backend) {
        return new DeploymentBuilder()
                .withMetadata(backend.metadata(Backend.apiName(backend.name()), ApiPod.COMPONENT))
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(backend.selector(ApiPod.COMPONENT))
                .endSelector()
                .withRevisionHistoryLimit(5)
                .withProgressDeadlineSeconds(300)
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(new IntOrString("25%"))
                .withMaxUnavailable(new IntOrString(0))
                .endRollingUpdate()
                .endStrategy()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(backend.labels(ApiPod.COMPONENT))
                .addToAnnotations(CHECKSUM, RestartChecksum.of(backend))
                .endMetadata()
                .withSpec(ApiPod.render(backend))
                .endTemplate()
                .endSpec()
                .build();
    }
}
