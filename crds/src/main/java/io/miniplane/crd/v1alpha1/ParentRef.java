package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A Gateway. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ParentRef(
        @JsonPropertyDescription("Name of the Gateway.")
        @Size(min = 1, max = Shapes.NAME_LENGTH)
        @Pattern(Shapes.NAME)
        @ValidationRule(value = Shapes.NAME_RULE, message = Shapes.NAME_CURE)
        @Required
        String name,

        @JsonPropertyDescription("Namespace of the Gateway. Absent: that of the backend.")
        @Size(min = 1, max = Shapes.NAME_LENGTH)
        @Pattern(Shapes.NAME)
        @ValidationRule(value = Shapes.NAME_RULE, message = Shapes.NAME_CURE)
        @Nullable
        String namespace,

        @JsonPropertyDescription("Listener of the Gateway. Absent: all that fit.")
        @Size(min = 1, max = Shapes.NAME_LENGTH)
        @Pattern(Shapes.NAME)
        @ValidationRule(value = Shapes.NAME_RULE, message = Shapes.NAME_CURE)
        @Nullable
        String sectionName) {}
