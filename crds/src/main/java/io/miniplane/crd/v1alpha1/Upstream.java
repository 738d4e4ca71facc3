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
import java.util.List;

/** The team's own container behind the backend. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Upstream(
        @JsonPropertyDescription("Container image.")
        @Size(max = Shapes.IMAGE_LENGTH)
        @Pattern("^" + Shapes.IMAGE + "$")
        @ValidationRule(value = "self.matches('^" + Shapes.IMAGE + "$')", message = Shapes.IMAGE_CURE)
        @Required
        String image,

        @JsonPropertyDescription("Secrets that the image is pulled with.") @Size(max = 10) @Default("[]")
        List<SecretRef> imagePullSecrets,

        @JsonPropertyDescription("How many pods of the container the autoscaler may run.") @Default("{}")
        Replicas replicas,

        @JsonPropertyDescription("Port on which the container listens for HTTP.") @Default("8080") @Min(1) @Max(65535)
        int port,

        @JsonPropertyDescription("Environment variables of the container.")
        @Size(max = 100)
        @ValidationRule(
                value = "self.all(a, self.exists_one(b, b.name == a.name))",
                message = "each name may be there once: remove the repeated variable")
        @Default("[]")
        List<EnvVariable> env,

        @JsonPropertyDescription("Resources of the container.") @Default("{}")
        Resources resources,

        @JsonPropertyDescription("How its health is asked for.") @Default("{}")
        Probes probes,

        @JsonPropertyDescription("Which requests go to the container. The longest matching path wins.")
        @Size(min = 1, max = 50)
        @ValidationRule(
                value = "self.all(a, self.exists_one(b, b.path == a.path && (size(a.methods) == 0 || "
                        + "size(b.methods) == 0 || a.methods.exists(method, method in b.methods))))",
                message = "two routes must not answer the same path and method: remove one, or give each its own "
                        + "methods")
        @Required
        List<Route> routes) {}
