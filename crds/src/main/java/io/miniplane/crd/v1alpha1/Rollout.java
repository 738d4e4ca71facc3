package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How a new version reaches the users. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "(self.strategy == 'Canary') == has(self.canary)",
        message = "strategy Canary needs canary.steps, and canary needs strategy Canary: set both or neither")
public record Rollout(
        @JsonPropertyDescription("RollingUpdate replaces pod by pod; Canary sends a growing part of the traffic to the "
                + "new version and needs canary.")
        @Default("RollingUpdate")
        Strategy strategy,

        @JsonPropertyDescription("The steps of a canary, with strategy Canary only.") @Nullable
        Canary canary,

        @JsonPropertyDescription(
                "A new version whose pods are not ready this long after the last step forward has failed: "
                        + "the last version that was ready comes back.")
        @Size(max = Shapes.TIMESPAN_LENGTH)
        @Pattern(Shapes.WHOLE_SECONDS)
        @ValidationRule(
                value = Shapes.TIMESPAN_RULE + "duration(self) >= duration('10s') && duration(self) <= duration('1h')",
                message = Shapes.TIMESPAN_CURE + "10s to 1h")
        @Default("5m")
        Timespan deadline) {

    /** How a new version reaches the users. */
    public enum Strategy {
        /** Pod by pod. */
        @JsonProperty("RollingUpdate")
        ROLLING_UPDATE,
        /** By parts of the traffic. */
        @JsonProperty("Canary")
        CANARY
    }
}
