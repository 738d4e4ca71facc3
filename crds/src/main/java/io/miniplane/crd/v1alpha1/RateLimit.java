package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** How many requests one pod lets through in a time, of all callers together. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RateLimit(
        @JsonPropertyDescription("Requests that one pod lets through in that time; more are answered with 429.")
        @Min(1)
        @Max(1_000_000)
        @Required
        int requests,

        @JsonPropertyDescription("The time; 100ms to 1h.")
        @Size(max = Shapes.TIMESPAN_LENGTH)
        @Pattern(Shapes.TIMESPAN)
        @ValidationRule(
                value = Shapes.TIMESPAN_RULE
                        + "duration(self) >= duration('100ms') && duration(self) <= duration('1h')",
                message = Shapes.TIMESPAN_CURE + "100ms to 1h")
        @Default("1s")
        Timespan per) {}
