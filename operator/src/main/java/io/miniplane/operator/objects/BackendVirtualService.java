package io.miniplane.operator.objects;

import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import java.util.List;
import java.util.Map;

/**
 * Lets Istio repeat requests that have certainly not been handled, and give a canary its part of them, for backends in
 * the mesh.
 */
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
        var route = Map.of(
                "name", "servers",
                "route", destinations(backend),
                "retries", Map.of("attempts", 2, "retryOn", UNHANDLED));
        return VirtualService.of(
                backend.metadata(backend.name(), Component.API.label()),
                Map.of("hosts", List.of(backend.name()), "http", List.of(route)));
    }

    private static List<Map<String, Object>> destinations(Backend backend) {
        int canary = backend.canary().map(CanaryServers::weightOfRoutes).orElse(0);
        var servers = destination(backend.name(), CanaryServers.ALL - canary);
        return canary == 0
                ? List.of(servers)
                : List.of(servers, destination(CanaryServers.serviceFor(backend.name()), canary));
    }

    private static Map<String, Object> destination(String host, int weight) {
        return Map.of(
                "destination", Map.of("host", host, "port", Map.of("number", BackendService.PORT)), "weight", weight);
    }
}
