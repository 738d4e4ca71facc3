package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** An object that a backend needs exists already and belongs to somebody else; it is left alone. */
public final class ForeignObjectException extends RuntimeException {

    ForeignObjectException(HasMetadata object) {
        super(
                "%s %s exists already in namespace %s and was not made by Miniplane: delete it, or give the backend another name"
                        .formatted(
                                object.getKind(),
                                object.getMetadata().getName(),
                                object.getMetadata().getNamespace()));
    }
}
