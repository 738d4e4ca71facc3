package io.miniplane.operator.objects;

import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import java.util.List;
import java.util.Map;

/** Lets Istio repeat requests that have certainly not been handled, for backends in the mesh. */
final class BackendVirtualService extends OwnedObject<VirtualService> {

    /** Faults before a server has seen the request; an order must not be placed twice. */
    private static final String UNHANDLED = "connect-failure,refused-stream";

    BackendVirtualService() {
        super(VirtualService.class, backend -> backend);
    }

    @Override
    boolean isWanted(MiniProgramBackendSpec spec) {
        return Backend.isInMesh(spec);
    }

    @Override
    VirtualService render(Backend backend) {
        var destination = Map.of("host", backend.name(), "port", Map.of("number", BackendService.PORT));
        var route = Map.of(
                "name", "servers",
                "route", List.of(Map.of("destination", destination, "weight", 100)),
                "retries", Map.of("attempts", 2, "retryOn", UNHANDLED));
        return VirtualService.of(
                backend.metadata(backend.name(), Component.API.label()),
                Map.of("hosts", List.of(backend.name()), "http", List.of(route)));
    }
}
