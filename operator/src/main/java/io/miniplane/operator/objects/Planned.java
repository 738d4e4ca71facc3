package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What would become of an object.
 *
 * @param before the object as it is, or nothing
 * @param after the object as the API server says it would be, or nothing
 */
public record Planned(
        @Nullable HasMetadata before, @Nullable HasMetadata after) {

    /** The object, as it will be unless it goes. */
    public HasMetadata subject() {
        return after == null ? Objects.requireNonNull(before) : after;
    }
}
