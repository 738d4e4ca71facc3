package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where the value of an environment variable is: exactly one of the two. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.secretKeyRef) != has(self.configMapKeyRef)",
        message = "set exactly one of valueFrom.secretKeyRef and valueFrom.configMapKeyRef")
public record EnvSource(
        @JsonPropertyDescription("Key of a Secret in the namespace of the backend.") @Nullable
        SecretKeyRef secretKeyRef,

        @JsonPropertyDescription("Key of a ConfigMap in the namespace of the backend.") @Nullable
        ConfigMapKeyRef configMapKeyRef) {}
