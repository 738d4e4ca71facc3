package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * Closes the pods of a backend but for what they need: the operator and Prometheus reach the management port, and pods
 * reach names, their database, their broker and the addresses that the manifest names.
 */
final class PodNetworkPolicy extends OwnedObject<NetworkPolicy> {

    private static final String NAME = "app.kubernetes.io/name";
    private static final int DNS = 53;

    /** Where istiod gives its sidecars their certificates and configuration. */
    private static final int MESH_CONTROL = 15012;

    PodNetworkPolicy() {
        super(NetworkPolicy.class, backend -> backend);
    }

    @Override
    boolean isWanted(MiniProgramBackendSpec spec) {
        return spec.networkPolicy().enabled();
    }

    @Override
    NetworkPolicy render(Backend backend) {
        return new NetworkPolicyBuilder()
                .withMetadata(backend.metadata(backend.name(), "backend"))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(backend.podLabels())
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .withIngress(fromThoseWhoLook())
                .addNewEgress()
                .withPorts(port("UDP", DNS), port("TCP", DNS))
                .endEgress()
                .addNewEgress()
                .withPorts(peers(backend))
                .endEgress()
                .endSpec()
                .build();
    }

    /** Who reads metrics, signals and health; the kubelet is always let through. */
    private static NetworkPolicyIngressRule fromThoseWhoLook() {
        return new NetworkPolicyIngressRuleBuilder()
                .addNewFrom()
                .withNewNamespaceSelector()
                .endNamespaceSelector()
                .withNewPodSelector()
                .addNewMatchExpression()
                .withKey(NAME)
                .withOperator("In")
                .withValues("miniplane-operator", "prometheus")
                .endMatchExpression()
                .endPodSelector()
                .endFrom()
                .withPorts(port("TCP", ServerPod.MANAGEMENT_PORT))
                .build();
    }

    /** Where the peers are is not known: names can mean other addresses at any time, and many are outside. */
    private static List<NetworkPolicyPort> peers(Backend backend) {
        Stream<Integer> mesh = Backend.isInMesh(backend.spec()) ? Stream.of(MESH_CONTROL) : Stream.empty();
        return Stream.concat(PeerPorts.of(backend).stream(), mesh)
                .map(number -> port("TCP", number))
                .toList();
    }

    /** The protocol is said because the API server fills it in. */
    static NetworkPolicyPort port(String protocol, int number) {
        return new NetworkPolicyPortBuilder()
                .withProtocol(protocol)
                .withPort(new IntOrString(number))
                .build();
    }
}
