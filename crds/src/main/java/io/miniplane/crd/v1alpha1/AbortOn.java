package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What sends all traffic of a canary back to the old version. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AbortOn(
        @JsonPropertyDescription("Part of the requests that fail with a 5xx status, 0 to 1.")
        @Default("0.05")
        @Min(0)
        @Max(1)
        double errorRate,

        @JsonPropertyDescription("Latency that 99 percent of the requests stay below. Absent: not looked at.")
        @Size(max = Shapes.TIMESPAN_LENGTH)
        @Pattern(Shapes.TIMESPAN)
        @ValidationRule(
                value = Shapes.TIMESPAN_RULE + "duration(self) >= duration('1ms') && duration(self) <= duration('5m')",
                message = Shapes.TIMESPAN_CURE + "1ms to 5m")
        @Nullable
        Timespan p99Latency) {}
