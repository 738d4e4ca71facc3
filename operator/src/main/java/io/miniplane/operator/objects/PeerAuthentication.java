package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Map;

/** Which connections to pods Istio accepts. Its spec is kept as it is written. */
@Group("security.istio.io")
@Version("v1")
final class PeerAuthentication extends CustomResource<Map<String, Object>, Map<String, Object>> implements Namespaced {

    static PeerAuthentication of(ObjectMeta metadata, Map<String, Object> spec) {
        var object = new PeerAuthentication();
        object.setMetadata(metadata);
        object.setSpec(spec);
        return object;
    }
}
