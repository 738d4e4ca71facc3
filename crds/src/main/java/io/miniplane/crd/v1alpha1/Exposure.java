package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How a backend is reached from outside: exactly one of ingress and gateway. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.ingress) != has(self.gateway)",
        message = "set exactly one of exposure.ingress and exposure.gateway")
public record Exposure(
        @JsonPropertyDescription("Host name, as registered in the WeChat console as a server domain.")
        @Size(max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)+$")
        @ValidationRule(
                value = "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)+$')",
                message = "must be a host name in lower case without scheme, port or path, for example "
                        + "api.shop.example")
        @Required
        String host,

        @JsonPropertyDescription("Reached through an Ingress.") @Nullable
        IngressSettings ingress,

        @JsonPropertyDescription("Reached through the Gateway API, with an HTTPRoute.") @Nullable
        GatewaySettings gateway) {}
