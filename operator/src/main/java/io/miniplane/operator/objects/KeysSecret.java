package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The keys of a backend. They are made once and never again while the Secret exists: without them the data is lost. It
 * stays when the backend is deleted, unless the backend is annotated with {@value Backend#DELETE_KEYS}.
 */
final class KeysSecret extends OwnedObject<Secret> {

    KeysSecret() {
        super(Secret.class, KeysSecret::nameFor);
    }

    static String nameFor(String backend) {
        return backend + "-keys";
    }

    @Override
    Secret render(Backend backend) {
        return secret(backend, base64(Keysets.generate()));
    }

    @Override
    Secret renderOver(Secret live, Backend backend) {
        return secret(backend, live.getData() == null ? Map.of() : live.getData());
    }

    @Override
    public Secret update(Secret live, Secret desired, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        // Keys that changed since they were read must not be put back: the API server refuses another version.
        desired.getMetadata().setResourceVersion(live.getMetadata().getResourceVersion());
        return super.update(live, desired, primary, context);
    }

    @Override
    Secret withOwner(Secret desired, MiniProgramBackend primary) {
        var owners = Backend.deletesKeys(primary) ? List.of(ownerReference(primary)) : List.<OwnerReference>of();
        desired.getMetadata().setOwnerReferences(owners);
        return desired;
    }

    private static Secret secret(Backend backend, Map<String, String> data) {
        return new SecretBuilder()
                .withMetadata(backend.metadata(nameFor(backend.name()), "backend"))
                .withType("Opaque")
                .withData(data)
                .build();
    }

    private static Map<String, String> base64(Map<String, String> keysets) {
        var data = new TreeMap<String, String>();
        keysets.forEach((file, keyset) ->
                data.put(file, Base64.getEncoder().encodeToString(keyset.getBytes(StandardCharsets.UTF_8))));
        return data;
    }
}
