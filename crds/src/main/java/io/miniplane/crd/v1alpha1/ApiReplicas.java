package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;

/** How many api pods the autoscaler may run. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.min <= self.max",
        message = "replicas.min must not exceed replicas.max: lower min or raise max")
public record ApiReplicas(
        @JsonPropertyDescription("Fewest pods, whatever the traffic; a tier may ask for more.")
        @Default("2")
        @Min(1)
        @Max(1000)
        @SpecReplicas
        int min,

        @JsonPropertyDescription("Most pods, whatever the traffic; holds against tiers too.")
        @Default("20")
        @Min(1)
        @Max(1000)
        int max) {}
