package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** A GET that any status from 200 to 399 answers well. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpProbe(
        @JsonPropertyDescription("Path that is asked for on the port of the container.") @Required String path,
        @JsonPropertyDescription("Time between two questions, in whole seconds.") @Default("10s") Timespan period,
        @JsonPropertyDescription("Time for an answer, in whole seconds.") @Default("1s") Timespan timeout,
        @JsonPropertyDescription("Failures in a row that count.") @Default("3") @Min(1) @Max(100) int failureThreshold) {}
