package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Notifications of WeChat Pay for the container. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PayCallback(
        @JsonPropertyDescription("Path of the container that takes them by POST.")
        @Size(max = 200)
        @Pattern(Callbacks.PATH)
        @ValidationRule(value = "self.matches('" + Callbacks.PATH + "')", message = Callbacks.PATH_CURE)
        @Required
        String path) {}
