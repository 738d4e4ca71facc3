package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** The steps of a canary and what ends it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Canary(
        @JsonPropertyDescription("Steps, ascending by weight.")
        @Size(min = 1, max = 20)
        @ValidationRule(
                value = "self.all(a, self.exists_one(b, b.weight == a.weight)) && self.map(step, "
                        + "step.weight).isSorted()",
                message = "weight must grow from step to step: sort the steps and give each its own weight")
        @Required
        List<CanaryStep> steps,

        @JsonPropertyDescription("What sends all traffic back to the old version.") @Default("{}")
        AbortOn abortOn) {}
