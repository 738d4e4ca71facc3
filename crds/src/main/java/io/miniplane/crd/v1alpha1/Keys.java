package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/** The keys that protect data at rest and sign tokens. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Keys(
        @JsonPropertyDescription("Age at which the primary keys are replaced; 24h to 87600h.") @Default("2160h") Timespan rotateEvery,
        @JsonPropertyDescription("Key management service that wraps the keysets. Absent: they are protected as a Kubernetes Secret is.") @Nullable Kms kms) {}
