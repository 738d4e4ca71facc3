package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The memory of what worked. A ReplicaSet would not do: people edit those, and it doesn't have the settings and
 * credentials that its pods read.
 */
final class LastGoodSecret extends OwnedObject<Secret> {

    private static final String KEY = "last-good.json";

    private final Function<Backend, String> version;

    /** @param version tells the version of the pods of a backend */
    LastGoodSecret(Function<Backend, String> version) {
        super(Secret.class, backend -> backend + "-last-good");
        this.version = version;
    }

    Optional<LastGood> read(MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        return getSecondaryResource(primary, context)
                .map(Secret::getData)
                .map(data -> data.get(KEY))
                .flatMap(LastGoodSecret::decoded);
    }

    @Override
    boolean isAppliedWithOthers() {
        return false;
    }

    /** Writes it unless it is there already. */
    void remember(LastGood good, MiniProgramBackend primary, Context<MiniProgramBackend> context) {
        context.managedWorkflowAndDependentResourceContext().put(LastGood.class, good);
        reconcile(primary, context);
    }

    @Override
    Secret render(Backend backend) {
        return secret(backend, LastGood.of(backend, version.apply(backend), Map.of()));
    }

    @Override
    Secret renderIn(Context<MiniProgramBackend> context, @Nullable Secret live) {
        LastGood good =
                context.managedWorkflowAndDependentResourceContext().getMandatory(LastGood.class, LastGood.class);
        return secret(Backend.of(context), good);
    }

    private Secret secret(Backend backend, LastGood good) {
        return new SecretBuilder()
                .withMetadata(backend.metadata(idFor(backend.resource()).getName(), "backend"))
                .withType("Opaque")
                .addToData(KEY, Base64.getEncoder().encodeToString(good.text().getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private static Optional<LastGood> decoded(String value) {
        try {
            return LastGood.read(new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }
}
