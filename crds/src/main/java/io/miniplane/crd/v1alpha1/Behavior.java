package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** How fast an autoscaler may change the number of pods. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Behavior(
        @JsonPropertyDescription("How fast pods may be added.") @Default("{}")
        ScaleUp scaleUp,

        @JsonPropertyDescription("How fast pods may be taken away.") @Default("{}")
        ScaleDown scaleDown) {}
