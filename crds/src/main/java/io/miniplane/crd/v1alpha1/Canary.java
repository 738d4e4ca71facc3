package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import java.util.List;

/** The steps of a canary and what ends it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Canary(
        @JsonPropertyDescription("Steps, ascending by weight.") @Required List<CanaryStep> steps,
        @JsonPropertyDescription("What sends all traffic back to the old version.") @Default("{}") AbortOn abortOn) {}
