package io.miniplane.operator.rotation;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.objects.Backend;
import io.miniplane.operator.objects.BackendObjects;
import io.miniplane.operator.objects.KeyRotation;
import java.time.Instant;
import java.util.Collection;

/** The keys of a backend in the cluster, in one reconciliation. */
record LiveKeys(
        KeyRotation rotation, BackendObjects objects, MiniProgramBackend primary, Context<MiniProgramBackend> context)
        implements RotatedKeys {

    @Override
    public void introduce(KeyRotation known, Instant now) {
        objects.introduceKeys(known, now, primary, context);
    }

    @Override
    public void advance(KeyRotation known, Instant now) {
        objects.advanceKeys(known, now, primary, context);
    }

    @Override
    public Collection<Pod> podsNow() {
        return context.getClient()
                .pods()
                .inNamespace(primary.getMetadata().getNamespace())
                .withLabel(Backend.LABEL, primary.getMetadata().getName())
                .list()
                .getItems();
    }

    @Override
    public void forgetRequest() {
        MiniProgramBackend live = context.getClient().resource(primary).get();
        if (live == null || !KeyRotations.isAskedFor(live)) {
            return;
        }
        String patch = "{\"metadata\": {\"resourceVersion\": \"%s\", \"annotations\": {\"%s\": null}}}"
                .formatted(live.getMetadata().getResourceVersion(), KeyRotations.ANNOTATION);
        context.getClient().resource(live).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }
}
