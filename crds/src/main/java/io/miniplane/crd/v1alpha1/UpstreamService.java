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

/** A Service behind which the team runs its container itself. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UpstreamService(
        @JsonPropertyDescription("Name of a Service in the namespace of the backend.")
        @Size(min = 1, max = 63)
        @Pattern(UpstreamService.NAME)
        @ValidationRule(
                value = "self.matches('" + UpstreamService.NAME + "')",
                message =
                        "must be the name of a Service in the same namespace: lower-case letters, digits and '-', for "
                                + "example shop-web")
        @Required
        String name,

        @JsonPropertyDescription("Port of the Service.") @Default("80") @Min(1) @Max(65535)
        int port) {

    private static final String NAME = "^[a-z]([-a-z0-9]*[a-z0-9])?$";
}
