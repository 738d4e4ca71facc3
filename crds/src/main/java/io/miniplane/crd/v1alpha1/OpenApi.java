package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The token-less proxy to WeChat for the upstream container. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OpenApi(
        @JsonPropertyDescription(
                "Paths of the WeChat APIs that may be called, for example /wxa/msg_sec_check. Empty: none.")
        @Size(max = 200)
        @ValidationRule(
                value = "self.all(path, path.matches('^(/[a-zA-Z0-9_-]+)+$'))",
                message = "each path must start with / and have no host, query or *, for example /wxa/msg_sec_check")
        @Default("[]")
        List<@Size(max = 200) String> allow,

        @JsonPropertyDescription("How many calls of each path a pod lets through. Absent: as many as WeChat does.")
        @Nullable
        RateLimit rateLimit) {}
