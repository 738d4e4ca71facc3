package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The keys that protect data at rest and sign tokens. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Keys(
        @JsonPropertyDescription("Age at which the primary keys are replaced; 24h to 87600h.")
        @Size(max = Shapes.TIMESPAN_LENGTH)
        @Pattern(Shapes.TIMESPAN)
        @ValidationRule(
                value = Shapes.TIMESPAN_RULE
                        + "duration(self) >= duration('24h') && duration(self) <= duration('87600h')",
                message = Shapes.TIMESPAN_CURE + "24h to 87600h")
        @Default("2160h")
        Timespan rotateEvery,

        @JsonPropertyDescription("Key management service that wraps the keysets. Absent: they are protected as a "
                + "Kubernetes Secret is.")
        @Nullable
        Kms kms) {}
