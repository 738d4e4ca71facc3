package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRefBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReferenceBuilder;
import io.miniplane.crd.v1alpha1.Exposure;
import io.miniplane.crd.v1alpha1.GatewaySettings;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import io.miniplane.crd.v1alpha1.ParentRef;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The way in through a Gateway, for backends that are exposed by one. The API replaces its lists as a whole, so they
 * say what it would fill in.
 */
final class BackendRoute extends OwnedObject<HTTPRoute> {

    private static final String GATEWAY_API = "gateway.networking.k8s.io";

    BackendRoute() {
        super(HTTPRoute.class, backend -> backend);
    }

    @Override
    boolean isWanted(MiniProgramBackendSpec spec) {
        return settings(spec.exposure()) != null;
    }

    @Override
    HTTPRoute render(Backend backend) {
        Exposure exposure = Objects.requireNonNull(backend.spec().exposure(), "exposure");
        GatewaySettings settings = Objects.requireNonNull(settings(exposure), "exposure.gateway");
        return new HTTPRouteBuilder()
                .withMetadata(backend.metadata(backend.name(), Component.API.label()))
                .withNewSpec()
                .withParentRefs(parent(settings.parentRef()))
                .withHostnames(exposure.host())
                .addNewRule()
                .addNewMatch()
                .withNewPath()
                .withType("PathPrefix")
                .withValue("/")
                .endPath()
                .endMatch()
                .withBackendRefs(services(backend))
                .endRule()
                .endSpec()
                .build();
    }

    private static List<HTTPBackendRef> services(Backend backend) {
        int canary = backend.canary().map(CanaryServers::weightOfRoutes).orElse(0);
        return canary == 0
                ? List.of(service(backend.name(), 1))
                : List.of(
                        service(backend.name(), CanaryServers.ALL - canary),
                        service(CanaryServers.serviceFor(backend.name()), canary));
    }

    private static HTTPBackendRef service(String name, int weight) {
        return new HTTPBackendRefBuilder()
                .withGroup("")
                .withKind("Service")
                .withName(name)
                .withPort(BackendService.PORT)
                .withWeight(weight)
                .build();
    }

    private static @Nullable GatewaySettings settings(@Nullable Exposure exposure) {
        return exposure == null ? null : exposure.gateway();
    }

    private static ParentReference parent(ParentRef gateway) {
        return new ParentReferenceBuilder()
                .withGroup(GATEWAY_API)
                .withKind("Gateway")
                .withName(gateway.name())
                .withNamespace(gateway.namespace())
                .withSectionName(gateway.sectionName())
                .build();
    }
}
