package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** How a backend is reached from outside: exactly one of ingress and gateway. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Exposure(
        @JsonPropertyDescription("Host name, as registered in the WeChat console as a server domain.") @Required String host,
        @JsonPropertyDescription("Reached through an Ingress.") @Nullable IngressSettings ingress,
        @JsonPropertyDescription("Reached through the Gateway API, with an HTTPRoute.") @Nullable GatewaySettings gateway) {}
