package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL cluster that CloudNativePG runs. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CloudNativePg(
        @JsonPropertyDescription("PostgreSQL instances: one primary, the others stand by.")
        @Default("3")
        @Min(1)
        @Max(9)
        int instances,

        @JsonPropertyDescription("Size of the volume of each instance, for example 20Gi.")
        @ValidationRule(value = Shapes.AMOUNT_RULE, message = Shapes.AMOUNT_CURE + "20Gi")
        @Required
        Quantity storage,

        @JsonPropertyDescription("Storage class of the volumes. Absent: the default of the cluster.")
        @Size(min = 1, max = Shapes.NAME_LENGTH)
        @Pattern(Shapes.NAME)
        @ValidationRule(value = Shapes.NAME_RULE, message = Shapes.NAME_CURE)
        @Nullable
        String storageClassName) {}
