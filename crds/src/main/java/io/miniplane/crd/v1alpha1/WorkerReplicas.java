package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How many worker pods the autoscaler may run. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkerReplicas(
        @JsonPropertyDescription("Fewest pods, however short the queue.") @Default("1") @Min(1) @Max(1000) int min,
        @JsonPropertyDescription("Most pods, however long the queue.") @Default("20") @Min(1) @Max(1000) int max) {}
