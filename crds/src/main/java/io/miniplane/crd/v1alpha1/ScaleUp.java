package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** How fast pods may be added: by percent or by pods, whichever is more. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScaleUp(
        @JsonPropertyDescription("Time of which the lowest wish counts; 0s to 1h.")
        @Size(max = Shapes.TIMESPAN_LENGTH)
        @Pattern(Shapes.WHOLE_SECONDS)
        @ValidationRule(
                value = "self.matches('" + Shapes.WHOLE_SECONDS + "') && duration(self) <= duration('1h')",
                message = "must be whole numbers, each with a unit of h, m or s, such as 90s, 0s to 1h")
        @Default("0s")
        Timespan stabilizationWindow,

        @JsonPropertyDescription("Most pods to be added in a period, in percent of those that there are.")
        @Default("100")
        @Min(1)
        @Max(1000)
        int percent,

        @JsonPropertyDescription("Most pods to be added in a period, as a number.") @Default("4") @Min(1) @Max(1000)
        int pods,

        @JsonPropertyDescription("The period; 1s to 30m.")
        @Size(max = Shapes.TIMESPAN_LENGTH)
        @Pattern(Shapes.WHOLE_SECONDS)
        @ValidationRule(
                value = "self.matches('" + Shapes.WHOLE_SECONDS
                        + "') && duration(self) >= duration('1s') && duration(self) <= duration('30m')",
                message = "must be whole numbers, each with a unit of h, m or s, such as 90s, 1s to 30m")
        @Default("15s")
        Timespan period) {}
