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

/** One step of a canary. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CanaryStep(
        @JsonPropertyDescription("Part of the traffic for the new version, in percent.") @Required @Min(1) @Max(100)
        int weight,

        @JsonPropertyDescription("How long this step is watched. Absent: until it is promoted by hand.")
        @Size(max = Shapes.TIMESPAN_LENGTH)
        @Pattern(Shapes.TIMESPAN)
        @ValidationRule(
                value = Shapes.TIMESPAN_RULE + "duration(self) >= duration('1s') && duration(self) <= duration('168h')",
                message = Shapes.TIMESPAN_CURE + "1s to 168h")
        @Nullable
        Timespan pause) {}
