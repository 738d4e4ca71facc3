package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/** The address of the api pods inside the cluster, port 80. */
final class BackendService extends OwnedObject<Service> {

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
                .withPort(80)
                .withProtocol("TCP")
                .withNewTargetPort(ServerPod.HTTP)
                .endPort()
                .endSpec()
                .build();
    }
}
