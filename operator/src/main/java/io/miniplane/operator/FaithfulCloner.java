package io.miniplane.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;

/** Copies what caches hold by way of JSON, and with a backend the note of what could not be read, which is not in it. */
record FaithfulCloner(KubernetesSerialization json) implements Cloner {

    @Override
    public <R extends HasMetadata> R clone(R object) {
        R copy = json.clone(object);
        if (object instanceof MiniProgramBackend original && copy instanceof MiniProgramBackend backend) {
            backend.setUnreadable(original.getUnreadable());
        }
        return copy;
    }
}
