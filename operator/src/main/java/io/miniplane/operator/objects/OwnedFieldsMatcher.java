package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;

/** Compares the fields that the operator owns; a list entry that somebody removed is a difference, not a failure. */
final class OwnedFieldsMatcher<R extends HasMetadata> extends SSABasedGenericKubernetesResourceMatcher<R> {

    @Override
    public boolean matches(R actual, R desired, Context<?> context) {
        try {
            return super.matches(actual, desired, context);
        } catch (IllegalStateException entryGone) {
            return false;
        }
    }
}
