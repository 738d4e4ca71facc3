package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import java.util.List;
import java.util.Set;

/**
 * A kind that not every cluster has, watched for as long as this one knows it.
 *
 * @param provider what to install for it
 */
record OptionalKind(OwnedKind<?> kind, Provider provider) {

    static <R extends HasMetadata> OptionalKind of(Provider provider, Class<R> type, OwnedObject<R> object) {
        return new OptionalKind(new OwnedKind<>(type, List.of(object)), provider);
    }

    /** Starts or stops watching as the cluster learns or forgets the kind. */
    void follow(Set<Class<? extends HasMetadata>> known, Context<MiniProgramBackend> context) {
        boolean isKnown = known.contains(kind.type());
        if (isKnown && !kind.isWatched()) {
            watch(context);
        } else if (!isKnown && kind.isWatched()) {
            kind.forget(context.eventSourceRetriever());
        }
    }

    /** Whether a backend goes without something because the cluster doesn't know the kind. */
    boolean isMissedBy(MiniProgramBackendSpec spec) {
        return kind.isWanted(spec) && !kind.isWatched();
    }

    private void watch(Context<MiniProgramBackend> context) {
        var sources = context.eventSourceRetriever();
        try {
            sources.dynamicallyRegisterEventSource(kind.watch(sources.eventSourceContextForDynamicRegistration()));
        } catch (RuntimeException e) {
            kind.forget(sources);
            throw e;
        }
    }
}
