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
import org.jspecify.annotations.Nullable;

/** The team's own container behind the backend: one that runs beside each server, or a Service that leads to it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.image) != has(self.service)",
        message = "set exactly one of upstream.image and upstream.service")
@ValidationRule(
        value = "!has(self.service) || (size(self.imagePullSecrets) == 0 && self.port == 8080 && size(self.env) == 0)",
        message =
                "imagePullSecrets, port and env belong to a container that the backend runs: with service leave them out")
@ValidationRule(
        value = "!has(self.service) || !(has(self.resources.requests.cpu) || has(self.resources.requests.memory) || "
                + "has(self.resources.limits.cpu) || has(self.resources.limits.memory) || "
                + "has(self.probes.startup) || has(self.probes.readiness) || has(self.probes.liveness))",
        message = "resources and probes belong to a container that the backend runs: with service leave them out")
public record Upstream(
        @JsonPropertyDescription("Image of a container that runs beside each server, in the same pod; or service.")
        @Size(max = Shapes.IMAGE_LENGTH)
        @Pattern("^" + Shapes.IMAGE + "$")
        @ValidationRule(value = "self.matches('^" + Shapes.IMAGE + "$')", message = Shapes.IMAGE_CURE)
        @Nullable
        String image,

        @JsonPropertyDescription("A Service that you run yourself; or image.") @Nullable
        UpstreamService service,

        @JsonPropertyDescription("Secrets that the image is pulled with.") @Size(max = 10) @Default("[]")
        List<SecretRef> imagePullSecrets,

        @JsonPropertyDescription("Port on which the container listens for HTTP; it finds it in the variable PORT.")
        @Default("8080")
        @Min(1)
        @Max(65535)
        @ValidationRule(
                value = "!(self in [8081, 8082, 8090])",
                message = "the server in the same pod has the ports 8081, 8082 and 8090: let the container listen on "
                        + "another, for example 8080 or 80")
        int port,

        @JsonPropertyDescription("Environment variables of the container.")
        @Size(max = 100)
        @ValidationRule(
                value = "self.all(a, !(a.name in ['MINIPLANE_LOCAL_URL', 'PORT', 'CBR_ENV_ID']))",
                message = "MINIPLANE_LOCAL_URL, PORT and CBR_ENV_ID are set by the backend: leave them out")
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
        List<Route> routes,

        @JsonPropertyDescription("Which messages of WeChat are passed on to the container. Absent: none.") @Nullable
        Callbacks callbacks,

        @JsonPropertyDescription("Which events are delivered to the container.") @Size(max = 20) @Default("[]")
        List<Subscription> subscriptions) {}
