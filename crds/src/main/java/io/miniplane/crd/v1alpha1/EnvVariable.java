package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** An environment variable, written as in a pod. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "has(self.value) != has(self.valueFrom)", message = "set exactly one of value and valueFrom")
public record EnvVariable(
        @JsonPropertyDescription("Name of the variable.")
        @Size(max = 253)
        @Pattern("^[-._a-zA-Z][-._a-zA-Z0-9]*$")
        @ValidationRule(
                value = "self.matches('^[-._a-zA-Z][-._a-zA-Z0-9]*$')",
                message = "must be letters, digits, '-', '_' and '.' and not start with a digit, for example "
                        + "LOG_LEVEL")
        @Required
        String name,

        @JsonPropertyDescription("Its value; or valueFrom.") @Size(max = 32768) @Nullable
        String value,

        @JsonPropertyDescription("Where its value is; or value.") @Nullable
        EnvSource valueFrom) {}
