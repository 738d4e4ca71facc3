package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The HTTPRoute of a backend. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GatewaySettings(
        @JsonPropertyDescription("Gateway that the HTTPRoute attaches to.") @Required
        ParentRef parentRef) {}
