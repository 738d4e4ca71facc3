package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One step of traffic and how the api scales in it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Tier(
        @JsonPropertyDescription(
                "Requests per second up to which this step holds. Absent in the last step, which has no end.")
        @Nullable
        @Min(1)
        @Max(1000000)
        Integer upToQps,

        @JsonPropertyDescription("Fewest pods in this step; never fewer than replicas.min nor more than replicas.max.")
        @Required
        @Min(1)
        @Max(1000)
        int minReplicas,

        @JsonPropertyDescription("CPU use that the autoscaler aims at, in percent of the requested CPU.")
        @Required
        @Min(10)
        @Max(95)
        int cpuUtilization,

        @JsonPropertyDescription("How long traffic must stay in this step before it holds.")
        @Size(max = Shapes.TIMESPAN_LENGTH)
        @Pattern(Shapes.TIMESPAN)
        @ValidationRule(
                value = Shapes.TIMESPAN_RULE + "duration(self) >= duration('15s') && duration(self) <= duration('1h')",
                message = Shapes.TIMESPAN_CURE + "15s to 1h")
        @Required
        Timespan sustainedFor) {}
