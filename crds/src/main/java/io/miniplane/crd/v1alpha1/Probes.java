package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** How the health of the team's own container is asked for; what is absent is not asked. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Probes(
        @JsonPropertyDescription("Until it succeeds the others wait.") @Nullable
        HttpProbe startup,

        @JsonPropertyDescription("Until it succeeds no request is sent to the container.") @Nullable
        HttpProbe readiness,

        @JsonPropertyDescription("When it fails the container is restarted.") @Nullable
        HttpProbe liveness) {}
