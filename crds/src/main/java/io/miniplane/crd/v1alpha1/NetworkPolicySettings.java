package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** Network isolation of the pods. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NetworkPolicySettings(
        @JsonPropertyDescription("Set to false, no NetworkPolicy is made.") @Default("true")
        boolean enabled) {}
