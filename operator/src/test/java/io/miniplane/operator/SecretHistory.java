package io.miniplane.operator;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Every version of a Secret and since when it could be seen, so that a kubelet may mount one that is no longer the last. */
final class SecretHistory implements AutoCloseable {

    private final ConcurrentSkipListMap<Instant, Map<String, String>> versions = new ConcurrentSkipListMap<>();
    private final SharedIndexInformer<Secret> informer;

    SecretHistory(KubernetesClient client, String namespace, String name) {
        informer = client.secrets().inNamespace(namespace).withName(name).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Secret secret) {
                versions.put(Instant.now(), secret.getData());
            }

            @Override
            public void onUpdate(Secret before, Secret secret) {
                versions.put(Instant.now(), secret.getData());
            }

            @Override
            public void onDelete(Secret secret, boolean unknown) {}
        });
    }

    /** The last version that could be seen then, or the first. */
    Map<String, String> at(Instant time) {
        var entry = versions.floorEntry(time);
        return (entry == null ? versions.firstEntry() : entry).getValue();
    }

    boolean isEmpty() {
        return versions.isEmpty();
    }

    @Override
    public void close() {
        informer.close();
    }
}
