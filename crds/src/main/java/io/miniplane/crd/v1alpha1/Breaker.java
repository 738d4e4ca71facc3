package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** When requests of a route are refused at once because the container fails, and for how long. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Breaker(
        @JsonPropertyDescription("Part of the requests that fail, 0.01 to 1, from which on the others are refused.")
        @Default("0.5")
        @Min(0)
        @Max(1)
        @ValidationRule(value = "self >= 0.01", message = "must be 0.01 to 1, for example 0.5 for half of the requests")
        double failureRate,

        @JsonPropertyDescription("How long they are refused before a few are tried again; 1s to 10m.")
        @Size(max = Shapes.TIMESPAN_LENGTH)
        @Pattern(Shapes.TIMESPAN)
        @ValidationRule(
                value = Shapes.TIMESPAN_RULE + "duration(self) >= duration('1s') && duration(self) <= duration('10m')",
                message = Shapes.TIMESPAN_CURE + "1s to 10m")
        @Default("10s")
        Timespan openFor) {}
