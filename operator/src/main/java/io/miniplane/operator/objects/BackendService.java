package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/** The address of the api pods inside the cluster, port {@value #PORT}. */
final class BackendService extends OwnedObject<Service> {

    /** The port inside the cluster. */
    static final int PORT = 80;

    BackendService() {
        super(Service.class, backend -> backend);
    }

    @Override
    Service render(Backend backend) {
        return new ServiceBuilder()
                .withMetadata(backend.metadata(backend.name(), Component.API.label()))
                .withNewSpec()
                .withType("ClusterIP")
                .withSelector(backend.selector(Component.API))
                .addNewPort()
                .withName(ServerPod.HTTP)
                .withPort(PORT)
                .withProtocol("TCP")
                .withNewTargetPort(ServerPod.HTTP)
                .endPort()
                .endSpec()
                .build();
    }
}
