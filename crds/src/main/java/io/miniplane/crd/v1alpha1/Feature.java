package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** A feature flag. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Feature(
        @JsonPropertyDescription("Set to false, the feature is off for everybody.") @Default("false")
        boolean enabled,

        @JsonPropertyDescription(
                "Part of the users that an enabled feature is on for, in percent; the same users stay in "
                        + "when it grows.")
        @Default("100")
        @Min(0)
        @Max(100)
        int percentage,

        @JsonPropertyDescription("OpenIDs of users that an enabled feature is on for in any case.")
        @Size(max = 1000)
        @Default("[]")
        List<@Size(max = 64) @Pattern("^[-_0-9A-Za-z]{20,64}$") String> openIds) {}
