package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** A key management service that wraps the keysets (envelope encryption). */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Kms(
        @JsonPropertyDescription("Key that wraps the keysets: hcvault://, aws-kms:// or gcp-kms:// with its address.") @Required String uri,
        @JsonPropertyDescription("Where the credentials for the service are. Absent: those of the pod, its workload identity.") @Nullable SecretKeyRef credentialsRef) {}
