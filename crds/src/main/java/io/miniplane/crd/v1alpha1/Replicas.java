package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** How many pods an autoscaler may run. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.min <= self.max",
        message = "replicas.min must not exceed replicas.max: lower min or raise max")
public record Replicas(
        @JsonPropertyDescription("Fewest pods, however little there is to do.") @Default("1") @Min(1) @Max(1000)
        int min,

        @JsonPropertyDescription("Most pods, however much there is to do.") @Default("20") @Min(1) @Max(1000)
        int max) {}
