package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How the length of the queue drives the number of worker pods. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Queue(
        @JsonPropertyDescription("Waiting messages that one pod is expected to cope with.")
        @Default("100")
        @Min(1)
        @Max(1000000)
        int messagesPerReplica,

        @JsonPropertyDescription("Where the autoscaler reads the length: Keda, External (a provider that you run), "
                + "Operator, or Auto for the first of these that is there.")
        @Default("Auto")
        Source source) {

    /** Where the autoscaler reads the length of the queue. */
    public enum Source {
        /** KEDA where it is installed, else a registered provider, else the operator. */
        @JsonProperty("Auto")
        AUTO,
        /** The operator serves it. */
        @JsonProperty("Operator")
        OPERATOR,
        /** A provider that the team runs serves it. */
        @JsonProperty("External")
        EXTERNAL,
        /** A ScaledObject of KEDA. */
        @JsonProperty("Keda")
        KEDA
    }
}
