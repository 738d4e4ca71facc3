package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** An environment variable, written as in a pod. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnvVariable(
        @JsonPropertyDescription("Name of the variable.") @Required String name,
        @JsonPropertyDescription("Its value; or valueFrom.") @Nullable String value,
        @JsonPropertyDescription("Where its value is; or value.") @Nullable EnvSource valueFrom) {}
