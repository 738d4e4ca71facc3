package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A canary as it is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RolloutStatus(
        @JsonPropertyDescription("What the canary does.") Phase phase,

        @JsonPropertyDescription("Container image that its pods run.")
        String image,

        @JsonPropertyDescription("Step of spec.rollout.canary.steps, counted from 1.")
        int step,

        @JsonPropertyDescription("How many steps there are.")
        int steps,

        @JsonPropertyDescription("Part of the traffic that it has, in percent.")
        int weight,

        @JsonPropertyDescription("When the step ends, unless something keeps it from that. Absent: not before somebody "
                + "promotes it.")
        @Nullable
        Instant stepEndsAt) {

    /** What a canary does. */
    public enum Phase {
        /** Pods for the part of the traffic that the step gives it are made. */
        @JsonProperty("Starting")
        STARTING("Starting"),
        /** It has its part of the traffic for as long as the step says. */
        @JsonProperty("Watching")
        WATCHING("Watching"),
        /** The step would be over, but what would show that the version is well can't be told. */
        @JsonProperty("Holding")
        HOLDING("Holding"),
        /** Somebody has to promote it. */
        @JsonProperty("AwaitingPromotion")
        AWAITING_PROMOTION("AwaitingPromotion"),
        /** All steps are done; the other pods follow. */
        @JsonProperty("Promoting")
        PROMOTING("Promoting");

        private final String word;

        Phase(String word) {
            this.word = word;
        }

        /** It in one word. */
        public String word() {
            return word;
        }
    }
}
