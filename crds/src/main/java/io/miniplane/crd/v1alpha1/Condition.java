package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One aspect of the state of a backend, in the form that all of Kubernetes uses. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
        @JsonPropertyDescription("Aspect: Ready, Progressing, Degraded, CredentialsValid, KeysReady, DatabaseReady, "
                + "AutoscalingActive or KindsAvailable.")
        @Required
        String type,

        @JsonPropertyDescription("Whether it holds: True, False or Unknown.") @Required
        Status status,

        @JsonPropertyDescription("Why, in one CamelCase word for programs.") @Required
        String reason,

        @JsonPropertyDescription("Why, in a sentence for people.") @Required
        String message,

        @JsonPropertyDescription("Generation of the spec that this condition speaks of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("When status last changed.") @Nullable
        Instant lastTransitionTime) {

    /** Whether a condition holds. */
    public enum Status {
        /** It holds. */
        @JsonProperty("True")
        TRUE,
        /** It doesn't. */
        @JsonProperty("False")
        FALSE,
        /** It can't be known now. */
        @JsonProperty("Unknown")
        UNKNOWN
    }
}
