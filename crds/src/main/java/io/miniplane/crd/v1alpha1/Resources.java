package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** CPU and memory of a container, written as in a pod. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Resources(
        @JsonPropertyDescription("What the scheduler reserves for the container.") @Default("{}") ResourceAmounts requests,
        @JsonPropertyDescription("What the container may use at most.") @Default("{}") ResourceAmounts limits) {}
