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

/** A GET that any status from 200 to 399 answers well. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpProbe(
        @JsonPropertyDescription("Path that is asked for on the port of the container.")
        @Size(max = 200)
        @Pattern("^/[^ ?#]*$")
        @ValidationRule(
                value = "self.matches('^/[^ ?#]*$')",
                message = "must start with / and have no query, for example /health")
        @Required
        String path,

        @JsonPropertyDescription("Time between two questions, in whole seconds.")
        @Size(max = Shapes.TIMESPAN_LENGTH)
        @Pattern(Shapes.WHOLE_SECONDS)
        @ValidationRule(
                value = "self.matches('" + Shapes.WHOLE_SECONDS
                        + "') && duration(self) >= duration('1s') && duration(self) <= duration('1h')",
                message = "must be whole seconds, minutes or hours such as 10s, 1s to 1h")
        @Default("10s")
        Timespan period,

        @JsonPropertyDescription("Time for an answer, in whole seconds.")
        @Size(max = Shapes.TIMESPAN_LENGTH)
        @Pattern(Shapes.WHOLE_SECONDS)
        @ValidationRule(
                value = "self.matches('" + Shapes.WHOLE_SECONDS
                        + "') && duration(self) >= duration('1s') && duration(self) <= duration('1h')",
                message = "must be whole seconds, minutes or hours such as 10s, 1s to 1h")
        @Default("1s")
        Timespan timeout,

        @JsonPropertyDescription("Failures in a row that count.") @Default("3") @Min(1) @Max(100)
        int failureThreshold) {}
