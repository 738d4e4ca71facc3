package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;

/** CPU and memory of a container, written as in a pod. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.requests.cpu) || !has(self.limits.cpu) || "
                + "quantity(string(self.requests.cpu)).compareTo(quantity(string(self.limits.cpu))) <= 0",
        message = "requests.cpu must not exceed limits.cpu: lower the request or raise the limit")
@ValidationRule(
        value = "!has(self.requests.memory) || !has(self.limits.memory) || "
                + "quantity(string(self.requests.memory)).compareTo(quantity(string(self.limits.memory))) <= 0",
        message = "requests.memory must not exceed limits.memory: lower the request or raise the limit")
public record Resources(
        @JsonPropertyDescription("What the scheduler reserves for the container.") @Default("{}")
        ResourceAmounts requests,

        @JsonPropertyDescription("What the container may use at most.") @Default("{}")
        ResourceAmounts limits) {}
