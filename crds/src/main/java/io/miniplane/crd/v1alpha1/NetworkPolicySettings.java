package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Network isolation of the pods. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NetworkPolicySettings(
        @JsonPropertyDescription("Set to false, no NetworkPolicy is made.") @Default("true")
        boolean enabled,

        @JsonPropertyDescription(
                "TCP ports that the pods may reach beside those that the manifest names elsewhere, for example 6379 for "
                        + "a Redis of your own container.")
        @Size(max = 50)
        @ValidationRule(
                value = "self.all(port, port >= 1 && port <= 65535)",
                message = "each must be a port from 1 to 65535, for example 6379")
        @Default("[]")
        List<Integer> egressPorts) {}
