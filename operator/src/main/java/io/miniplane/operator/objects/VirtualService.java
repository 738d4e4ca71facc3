package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Map;

/** How Istio routes requests. Its spec is kept as it is written. */
@Group("networking.istio.io")
@Version("v1")
final class VirtualService extends CustomResource<Map<String, Object>, Map<String, Object>> implements Namespaced {

    static VirtualService of(ObjectMeta metadata, Map<String, Object> spec) {
        var object = new VirtualService();
        object.setMetadata(metadata);
        object.setSpec(spec);
        return object;
    }
}
