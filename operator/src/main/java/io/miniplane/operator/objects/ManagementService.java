package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/** Names every pod of a component, for those who read metrics and signals of each; pods that aren't ready too. */
final class ManagementService extends OwnedObject<Service> {

    private final Component component;

    ManagementService(Component component) {
        super(Service.class, component::nameFor);
        this.component = component;
    }

    @Override
    Service render(Backend backend) {
        return of(component, backend);
    }

    static Service of(Component component, Backend backend) {
        return new ServiceBuilder()
                .withMetadata(backend.metadata(component))
                .withNewSpec()
                .withType("ClusterIP")
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(backend.selector(component))
                .addNewPort()
                .withName(ServerPod.MANAGEMENT)
                .withAppProtocol("http")
                .withPort(ServerPod.MANAGEMENT_PORT)
                .withProtocol("TCP")
                .withNewTargetPort(ServerPod.MANAGEMENT)
                .endPort()
                .endSpec()
                .build();
    }
}
