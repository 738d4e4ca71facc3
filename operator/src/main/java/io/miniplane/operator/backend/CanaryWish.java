package io.miniplane.operator.backend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.objects.Failure;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people ask of a canary by an annotation of the backend; its value does not matter. */
public enum CanaryWish {
    /** End the step. */
    PROMOTE("miniplane.io/promote", "NothingToPromote"),
    /** End the canary. */
    ABORT("miniplane.io/abort", "NothingToAbort");

    private final String annotation;
    private final String vain;

    CanaryWish(String annotation, String vain) {
        this.annotation = annotation;
        this.vain = vain;
    }

    /** The annotation that says it. */
    public String annotation() {
        return annotation;
    }

    /** The reason of the event that tells that nothing came of it. */
    String vain() {
        return vain;
    }

    /** The value of the annotation, if somebody asks. */
    Optional<String> of(MiniProgramBackend primary) {
        Map<String, String> annotations = primary.getMetadata().getAnnotations();
        return Optional.ofNullable(annotations == null ? null : annotations.get(annotation));
    }

    /** Takes the annotation away, unless somebody has written another value meanwhile. */
    void take(MiniProgramBackend primary, KubernetesClient client) {
        String path = "/metadata/annotations/" + annotation.replace("/", "~1");
        String patch = Serialization.asJson(List.of(
                Map.of("op", "test", "path", path, "value", of(primary).orElseThrow()),
                Map.of("op", "remove", "path", path)));
        try {
            client.resource(primary).patch(PatchContext.of(PatchType.JSON), patch);
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != Failure.UNPROCESSABLE && refused.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw refused;
            }
        }
    }
}
