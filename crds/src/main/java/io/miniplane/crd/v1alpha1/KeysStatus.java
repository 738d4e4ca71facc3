package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The keys as they are; no key material. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeysStatus(
        @JsonPropertyDescription("Id of the key that encrypts data at rest.") @Nullable
        String primaryKeyId,

        @JsonPropertyDescription("When that key was made.") @Nullable
        Instant rotatedAt,

        @JsonPropertyDescription("When it will be replaced.") @Nullable
        Instant nextRotationAt,

        @JsonPropertyDescription("Where a rotation stands.") @Nullable
        Phase phase) {

    /** Where a key rotation stands. */
    public enum Phase {
        /** No rotation runs. */
        @JsonProperty("Stable")
        STABLE,
        /** Pods are loading the new key. */
        @JsonProperty("Introduced")
        INTRODUCED,
        /** The new key encrypts; the old one still decrypts. */
        @JsonProperty("Primary")
        PRIMARY,
        /** Data is being encrypted anew, after which the old key goes. */
        @JsonProperty("Retired")
        RETIRED
    }
}
