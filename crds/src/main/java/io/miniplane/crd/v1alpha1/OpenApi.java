package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import java.util.List;

/** The token-less proxy to WeChat for the upstream container. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OpenApi(
        @JsonPropertyDescription("Paths of the WeChat APIs that may be called, for example /wxa/msg_sec_check. Empty: none.") @Default("[]") List<String> allow) {}
