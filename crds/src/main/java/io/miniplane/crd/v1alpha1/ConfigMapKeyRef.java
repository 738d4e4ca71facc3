package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** One key of a ConfigMap in the namespace of the backend. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConfigMapKeyRef(
        @JsonPropertyDescription("Name of a ConfigMap in the namespace of the backend.")
        @Size(min = 1, max = Shapes.NAME_LENGTH)
        @Pattern(Shapes.NAME)
        @ValidationRule(value = Shapes.NAME_RULE, message = Shapes.NAME_CURE)
        @Required
        String name,

        @JsonPropertyDescription("Key within that ConfigMap.")
        @Size(min = 1, max = Shapes.NAME_LENGTH)
        @Pattern(Shapes.KEY)
        @ValidationRule(value = Shapes.KEY_RULE, message = Shapes.KEY_CURE)
        @Required
        String key) {}
