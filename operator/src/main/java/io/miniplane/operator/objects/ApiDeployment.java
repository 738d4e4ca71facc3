package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;

/**
 * The servers that answer HTTP. The number of them is left to the autoscaler, and they restart when something changes
 * that they read only at their start.
 */
final class ApiDeployment extends OwnedObject<Deployment> {

    /** Changes whenever running pods must be replaced because of what they have mounted. */
    static final String CHECKSUM = "miniplane.io/restart-checksum";

    ApiDeployment() {
        super(Deployment.class, Backend::apiName);
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
