package io.miniplane.operator.objects;

import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import java.util.Map;

/** Lets Istio leave out pods that can't be reached, for backends in the mesh. */
final class BackendDestinationRule extends OwnedObject<DestinationRule> {

    BackendDestinationRule() {
        super(DestinationRule.class, backend -> backend);
    }

    @Override
    boolean isWanted(MiniProgramBackendSpec spec) {
        return Backend.isInMesh(spec);
    }

    /** Servers answer 502 and 503 for WeChat, and then all of them do: only what the mesh itself sees counts. */
    @Override
    DestinationRule render(Backend backend) {
        Map<String, Object> ejection = Map.of(
                "splitExternalLocalOriginErrors",
                true,
                "consecutiveLocalOriginFailures",
                5,
                "consecutive5xxErrors",
                0,
                "interval",
                "10s",
                "baseEjectionTime",
                "30s",
                "maxEjectionPercent",
                50);
        return DestinationRule.of(
                backend.metadata(backend.name(), Component.API.label()),
                Map.of("host", backend.name(), "trafficPolicy", Map.of("outlierDetection", ejection)));
    }
}
