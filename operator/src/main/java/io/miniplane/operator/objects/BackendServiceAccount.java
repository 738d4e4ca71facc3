package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;

/** The identity of the pods, which has no rights at the API server and no token mounted. */
final class BackendServiceAccount extends OwnedObject<ServiceAccount> {

    BackendServiceAccount() {
        super(ServiceAccount.class, backend -> backend);
    }

    @Override
    ServiceAccount render(Backend backend) {
        return new ServiceAccountBuilder()
                .withMetadata(backend.metadata(backend.name(), "backend"))
                .withAutomountServiceAccountToken(false)
                .build();
    }
}
