package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Map;

/**
 * The address of the api pods inside the cluster, port {@value #PORT}. Where nothing else splits the traffic between a
 * canary and the others, it does: its pods have the same share each.
 */
final class BackendService extends OwnedObject<Service> {

    /** The port inside the cluster. */
    static final int PORT = 80;

    BackendService() {
        super(Service.class, backend -> backend);
    }

    @Override
    Service render(Backend backend) {
        return of(backend.name(), Component.API, selector(backend), backend);
    }

    static Service of(String name, Component component, Map<String, String> selector, Backend backend) {
        return new ServiceBuilder()
                .withMetadata(backend.metadata(name, component.label()))
                .withNewSpec()
                .withType("ClusterIP")
                .withSelector(selector)
                .addNewPort()
                .withName(ServerPod.HTTP)
                .withPort(PORT)
                .withProtocol("TCP")
                .withNewTargetPort(ServerPod.HTTP)
                .endPort()
                .endSpec()
                .build();
    }

    private static Map<String, String> selector(Backend backend) {
        int weight = backend.canary().map(CanaryServers::weightOfPods).orElse(0);
        return switch (weight) {
            case 0 -> backend.selector(Component.API);
            case CanaryServers.ALL -> backend.selector(Component.CANARY);
            default -> backend.everyApiPod();
        };
    }
}
