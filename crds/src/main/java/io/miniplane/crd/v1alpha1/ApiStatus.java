package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import org.jspecify.annotations.Nullable;

/** The api Deployment as it is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiStatus(
        @JsonPropertyDescription("Pods that are wanted.") @StatusReplicas
        int replicas,

        @JsonPropertyDescription("Pods that are ready.") int readyReplicas,

        @JsonPropertyDescription("Ready and wanted pods for people, for example 2/2.") @Nullable
        String ready,

        @JsonPropertyDescription("Step of spec.api.tiers that holds, counted from 1.") @Nullable
        Integer tier,

        @JsonPropertyDescription("Requests per second over all pods, as last measured.") @Nullable
        Long qps) {

    /** A status of so many pods, with neither tier nor traffic measured yet. */
    public static ApiStatus of(int replicas, int readyReplicas) {
        return new ApiStatus(replicas, readyReplicas, readyReplicas + "/" + replicas, null, null);
    }
}
