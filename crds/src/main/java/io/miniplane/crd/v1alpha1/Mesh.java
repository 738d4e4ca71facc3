package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** Service mesh. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Mesh(
        @JsonPropertyDescription("Istio.") @Default("{}") Istio istio) {}
