package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import java.util.List;

/** The team's own container behind the backend. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Upstream(
        @JsonPropertyDescription("Container image.") @Required String image,
        @JsonPropertyDescription("Port on which the container listens for HTTP; not 8080 or 8081 of the servers if it shares their pod.") @Default("8080") @Min(1) @Max(65535) int port,
        @JsonPropertyDescription("Environment variables of the container.") @Default("[]") List<EnvVariable> env,
        @JsonPropertyDescription("Resources of the container.") @Default("{}") Resources resources,
        @JsonPropertyDescription("How its health is asked for.") @Default("{}") Probes probes,
        @JsonPropertyDescription("Which requests go to the container. The longest matching path wins.") @Required List<Route> routes) {}
