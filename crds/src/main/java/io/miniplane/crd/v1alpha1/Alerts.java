package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** Thresholds and labels of the alerts of a backend. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Alerts(
        @JsonPropertyDescription("Alert when the slowest percent of the requests takes longer than this.")
        @Size(max = Shapes.TIMESPAN_LENGTH)
        @Pattern(Shapes.TIMESPAN)
        @ValidationRule(
                value = Shapes.TIMESPAN_RULE + "duration(self) >= duration('1ms') && duration(self) <= duration('5m')",
                message = Shapes.TIMESPAN_CURE + "1ms to 5m")
        @Default("1s")
        Timespan p99Latency,

        @JsonPropertyDescription("Alert when more messages than this wait in a queue.")
        @Default("1000")
        @Min(1)
        @Max(10000000)
        int queueBacklog,

        @JsonPropertyDescription("Labels that are added to every alert, for example the team to route it to.")
        @Size(max = 20)
        @ValidationRule(
                value = "self.all(name, name.matches('^[a-zA-Z_][a-zA-Z0-9_]{0,62}$'))",
                message = "each name must be a label of Prometheus: letters, digits and _, not starting with a "
                        + "digit, for example team")
        @Default("{}")
        Map<String, @Size(max = 200) String> labels) {}
