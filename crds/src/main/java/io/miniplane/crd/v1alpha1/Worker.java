package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** The Deployment that handles events and scheduled work. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Worker(
        @JsonPropertyDescription("How many pods the autoscaler may run.") @Default("{}")
        Replicas replicas,

        @JsonPropertyDescription("Resources of each pod.") @Default("{}")
        Resources resources,

        @JsonPropertyDescription("How the length of the queue drives the number of pods.") @Default("{}")
        Queue queue,

        @JsonPropertyDescription("How fast the autoscaler may change the number of pods.") @Default("{}")
        Behavior behavior) {}
