package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * Something that a backend goes without because the cluster doesn't know its kind.
 *
 * @param kind the kind, for people
 * @param provider what to install for it
 */
public record LeftOut(String kind, Provider provider) {

    static LeftOut of(Class<? extends HasMetadata> type, Provider provider) {
        return new LeftOut("%s of %s".formatted(HasMetadata.getKind(type), HasMetadata.getApiVersion(type)), provider);
    }
}
