package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The worker Deployment as it is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkerStatus(
        @JsonPropertyDescription("Pods that are wanted.") int replicas,
        @JsonPropertyDescription("Pods that are ready.") int readyReplicas,

        @JsonPropertyDescription("Messages that wait over all queues, as last measured.") @Nullable
        Long queueLength) {}
