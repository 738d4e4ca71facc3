package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Map;

/** A PostgreSQL cluster that CloudNativePG runs. Its spec is kept as it is written. */
@Group("postgresql.cnpg.io")
@Version("v1")
final class Cluster extends CustomResource<Map<String, Object>, Map<String, Object>> implements Namespaced {

    static Cluster of(ObjectMeta metadata, Map<String, Object> spec) {
        var object = new Cluster();
        object.setMetadata(metadata);
        object.setSpec(spec);
        return object;
    }
}
