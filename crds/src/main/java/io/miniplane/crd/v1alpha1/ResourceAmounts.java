package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Amounts of CPU and memory. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResourceAmounts(
        @JsonPropertyDescription("CPU in cores, for example 500m or 2. Absent: the choice of the operator.")
        @ValidationRule(value = Shapes.AMOUNT_RULE, message = Shapes.AMOUNT_CURE + "500m")
        @Nullable
        Quantity cpu,

        @JsonPropertyDescription("Memory, for example 512Mi or 1Gi. Absent: the choice of the operator.")
        @ValidationRule(value = Shapes.AMOUNT_RULE, message = Shapes.AMOUNT_CURE + "512Mi")
        @Nullable
        Quantity memory) {}
