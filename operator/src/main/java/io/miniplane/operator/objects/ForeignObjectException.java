package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** An object that a backend needs exists already and belongs to somebody else; it is left alone. */
public final class ForeignObjectException extends RuntimeException {

    ForeignObjectException(HasMetadata object, String backend) {
        super(
                ("%s %s exists already in namespace %s and was not made by Miniplane: give the backend another name; or, if it"
                                + " is meant for this backend, for example restored from a backup, label it %s=%s")
                        .formatted(
                                object.getKind(),
                                object.getMetadata().getName(),
                                object.getMetadata().getNamespace(),
                                Backend.LABEL,
                                backend));
    }
}
