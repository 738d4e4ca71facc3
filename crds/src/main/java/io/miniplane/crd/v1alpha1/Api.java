package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import java.util.List;

/** The Deployment that answers HTTP. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Api(
        @JsonPropertyDescription("How many pods the autoscaler may run.") @Default("{}") ApiReplicas replicas,
        @JsonPropertyDescription("Resources of each pod.") @Default("{}") Resources resources,
        @JsonPropertyDescription("Steps of traffic, ascending by upToQps; the last has no upToQps. The operator measures the traffic and scales as the step that fits says.") @Default(Api.DEFAULT_TIERS) List<Tier> tiers) {

    private static final String DEFAULT_TIERS =
            """
            [{"upToQps": 1000, "minReplicas": 2, "cpuUtilization": 60, "sustainedFor": "5m"},
            {"upToQps": 3000, "minReplicas": 4, "cpuUtilization": 65, "sustainedFor": "3m"},
            {"minReplicas": 8, "cpuUtilization": 70, "sustainedFor": "1m"}]""";
}
