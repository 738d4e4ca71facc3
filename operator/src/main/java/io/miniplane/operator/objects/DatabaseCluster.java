package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.miniplane.crd.v1alpha1.CloudNativePg;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The PostgreSQL cluster of a backend that CloudNativePG runs. It holds the data, so it stays when the manifest no
 * longer asks for it, and when the backend is deleted, unless that is annotated with {@value Backend#DELETE_DATABASE}.
 */
final class DatabaseCluster extends OwnedObject<Cluster> {

    private static final String NAME = "miniplane";

    DatabaseCluster() {
        super(Cluster.class, Backend::databaseName);
    }

    @Override
    boolean isWanted(MiniProgramBackendSpec spec) {
        return spec.database().cloudNativePg() != null;
    }

    @Override
    Cluster render(Backend backend) {
        CloudNativePg wanted = Objects.requireNonNull(backend.spec().database().cloudNativePg(), "cloudNativePg");
        var storage =
                new TreeMap<String, Object>(Map.of("size", wanted.storage().toString()));
        if (wanted.storageClassName() != null) {
            storage.put("storageClass", wanted.storageClassName());
        }
        return Cluster.of(
                backend.metadata(Backend.databaseName(backend.name()), "database"),
                Map.of(
                        "instances",
                        wanted.instances(),
                        "storage",
                        storage,
                        "bootstrap",
                        Map.of("initdb", Map.of("database", NAME, "owner", NAME))));
    }

    @Override
    Cluster withOwner(Cluster desired, MiniProgramBackend primary) {
        var owners = Backend.deletesDatabase(primary) ? List.of(ownerReference(primary)) : List.<OwnerReference>of();
        desired.getMetadata().setOwnerReferences(owners);
        return desired;
    }
}
