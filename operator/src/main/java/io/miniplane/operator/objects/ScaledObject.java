package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Map;

/** What KEDA scales, and by what. Its spec is kept as it is written. */
@Group("keda.sh")
@Version("v1alpha1")
final class ScaledObject extends CustomResource<Map<String, Object>, Map<String, Object>> implements Namespaced {

    static ScaledObject of(ObjectMeta metadata, Map<String, Object> spec) {
        var object = new ScaledObject();
        object.setMetadata(metadata);
        object.setSpec(spec);
        return object;
    }
}
