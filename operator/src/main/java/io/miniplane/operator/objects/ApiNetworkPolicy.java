package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;

/** Opens the public port of api pods and of a canary, to whatever stands before them. */
final class ApiNetworkPolicy extends OwnedObject<NetworkPolicy> {

    ApiNetworkPolicy() {
        super(NetworkPolicy.class, Component.API::nameFor);
    }

    @Override
    boolean isWanted(MiniProgramBackendSpec spec) {
        return spec.networkPolicy().enabled();
    }

    @Override
    NetworkPolicy render(Backend backend) {
        return new NetworkPolicyBuilder()
                .withMetadata(backend.metadata(Component.API))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(backend.podLabels())
                .addNewMatchExpression()
                .withKey("app.kubernetes.io/component")
                .withOperator("In")
                .withValues(Component.API.label(), Component.CANARY.label())
                .endMatchExpression()
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .withPorts(PodNetworkPolicy.port("TCP", ServerPod.HTTP_PORT))
                .endIngress()
                .endSpec()
                .build();
    }
}
