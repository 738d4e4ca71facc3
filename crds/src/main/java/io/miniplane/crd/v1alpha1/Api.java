package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** The Deployment that answers HTTP. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Api(
        @JsonPropertyDescription("How many pods the autoscaler may run.") @Default("{}")
        ApiReplicas replicas,

        @JsonPropertyDescription("Resources of each pod.") @Default("{}")
        Resources resources,

        @JsonPropertyDescription(
                "Steps of traffic, ascending by upToQps; the last has no upToQps. The operator measures "
                        + "the traffic and scales as the step that fits says.")
        @Size(min = 1, max = 10)
        @ValidationRule(
                value = "!has(self[size(self) - 1].upToQps) && self.filter(tier, !has(tier.upToQps)).size() == 1",
                message = "the last tier must have no upToQps and every other one must have it")
        @ValidationRule(
                value = "self.all(a, !has(a.upToQps) || self.exists_one(b, has(b.upToQps) && b.upToQps == "
                        + "a.upToQps)) && self.filter(tier, has(tier.upToQps)).map(tier, tier.upToQps).isSorted()",
                message = "upToQps must grow from tier to tier: sort the tiers and give each its own upToQps")
        @ValidationRule(
                value = "self.map(tier, tier.minReplicas).isSorted()",
                message = "minReplicas must not fall from tier to tier: a tier of more traffic needs as many pods "
                        + "or more")
        @Default(Api.DEFAULT_TIERS)
        List<Tier> tiers) {

    private static final String DEFAULT_TIERS = """
            [{"upToQps": 1000, "minReplicas": 2, "cpuUtilization": 60, "sustainedFor": "5m"},
            {"upToQps": 3000, "minReplicas": 4, "cpuUtilization": 65, "sustainedFor": "3m"},
            {"minReplicas": 8, "cpuUtilization": 70, "sustainedFor": "1m"}]""";
}
