package io.miniplane.operator.objects;

import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import java.util.Map;

/** Refuses requests from outside of the mesh, but for those of Prometheus and the operator to the management port. */
final class BackendPeerAuthentication extends OwnedObject<PeerAuthentication> {

    BackendPeerAuthentication() {
        super(PeerAuthentication.class, backend -> backend);
    }

    @Override
    boolean isWanted(MiniProgramBackendSpec spec) {
        return Backend.isInMesh(spec);
    }

    @Override
    PeerAuthentication render(Backend backend) {
        return PeerAuthentication.of(
                backend.metadata(backend.name(), "backend"),
                Map.of(
                        "selector",
                        Map.of("matchLabels", backend.podLabels()),
                        "mtls",
                        Map.of("mode", "STRICT"),
                        "portLevelMtls",
                        Map.of(Integer.toString(ServerPod.MANAGEMENT_PORT), Map.of("mode", "PERMISSIVE"))));
    }
}
