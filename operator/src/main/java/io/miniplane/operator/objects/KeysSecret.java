package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
        return secret(backend, BackendKeys.encoded(Keysets.generate()));
    }

    @Override
    Secret renderOver(Secret live, Backend backend) {
        return secret(backend, live.getData() == null ? Map.of() : live.getData());
    }

    @Override
    Secret renderIn(Context<MiniProgramBackend> context, @Nullable Secret live) {
        return pending(context)
                .map(change -> secret(Backend.of(context), change.keys().data()))
                .orElseGet(() -> super.renderIn(context, live));
    }

    /**
     * Changes the keys and the state of their replacement in one write, unless anybody has changed them meanwhile.
     *
     * @param known where their replacement is known to stand; where it stands elsewhere nothing is done
     * @param change makes the keys that are to be there of those that are
     * @throws io.fabric8.kubernetes.client.KubernetesClientException with status 409 when they are others by now
     */
    void change(
            KeyRotation known,
            UnaryOperator<BackendKeys> change,
            MiniProgramBackend primary,
            Context<MiniProgramBackend> context) {
        Optional<Pending> pending = getSecondaryResource(primary, context)
                .flatMap(live -> read(live)
                        .filter(keys -> keys.rotation().equals(known))
                        .map(keys -> new Pending(
                                change.apply(keys), live.getMetadata().getResourceVersion())));
        if (pending.isEmpty()) {
            return;
        }
        var store = context.managedWorkflowAndDependentResourceContext();
        new Backend(primary, "", new Credentials(Map.of())).putInto(context);
        store.put(Pending.class, pending.get());
        try {
            reconcile(primary, context);
        } finally {
            store.put(Pending.class, null);
        }
    }

    @Override
    public Secret update(Secret live, Secret desired, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        // Keys that changed since they were read must not be put back: the API server refuses another version.
        desired.getMetadata()
                .setResourceVersion(pending(context)
                        .map(Pending::version)
                        .orElse(live.getMetadata().getResourceVersion()));
        return super.update(live, desired, primary, context);
    }

    private static Optional<Pending> pending(Context<MiniProgramBackend> context) {
        return context.managedWorkflowAndDependentResourceContext().get(Pending.class, Pending.class);
    }

    private static Optional<BackendKeys> read(Secret secret) {
        try {
            return Optional.of(BackendKeys.read(
                    Objects.requireNonNullElse(secret.getData(), Map.of()),
                    Instant.parse(secret.getMetadata().getCreationTimestamp())));
        } catch (BackendKeys.DamagedException e) {
            return Optional.empty();
        }
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

    /**
     * Keys that are to be written.
     *
     * @param keys the keys
     * @param version of the Secret that they were made of
     */
    private record Pending(BackendKeys keys, String version) {}
}
