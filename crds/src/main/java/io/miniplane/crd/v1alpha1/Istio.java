package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** Istio: VirtualService and DestinationRule with retries, outlier ejection and canary weights. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Istio(
        @JsonPropertyDescription("Set to true, traffic to the backend is governed by Istio.") @Default("false")
        boolean enabled) {}
