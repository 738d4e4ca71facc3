package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A key management service that wraps the keysets (envelope encryption). */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Kms(
        @JsonPropertyDescription("Key that wraps the keysets: hcvault://, aws-kms:// or gcp-kms:// with its address.")
        @Size(max = 500)
        @Pattern("^(hcvault|aws-kms|gcp-kms)://[^ ]+$")
        @ValidationRule(
                value = "self.matches('^(hcvault|aws-kms|gcp-kms)://[^ ]+$')",
                message = "must start with hcvault://, aws-kms:// or gcp-kms:// and name a key")
        @Required
        String uri,

        @JsonPropertyDescription(
                "Where the credentials for the service are. Absent: those of the pod, its workload identity.")
        @Nullable
        SecretKeyRef credentialsRef) {}
