package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** A Gateway. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ParentRef(
        @JsonPropertyDescription("Name of the Gateway.") @Required String name,
        @JsonPropertyDescription("Namespace of the Gateway. Absent: that of the backend.") @Nullable String namespace,
        @JsonPropertyDescription("Listener of the Gateway. Absent: all that fit.") @Nullable String sectionName) {}
