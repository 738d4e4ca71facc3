package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import java.util.Map;

/** Thresholds and labels of the alerts of a backend. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Alerts(
        @JsonPropertyDescription("Alert when the slowest percent of the requests takes longer than this.") @Default("1s") Timespan p99Latency,
        @JsonPropertyDescription("Alert when more messages than this wait in a queue.") @Default("1000") @Min(1) @Max(10000000) int queueBacklog,
        @JsonPropertyDescription("Labels that are added to every alert, for example the team to route it to.") @Default("{}") Map<String, String> labels) {}
