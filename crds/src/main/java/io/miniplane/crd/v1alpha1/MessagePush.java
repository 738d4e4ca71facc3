package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Message push, as set in the WeChat console under message push. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.mode == 'Plain' || has(self.encodingAesKeyRef)",
        message = "encodingAesKeyRef is required with mode Safe or Compatible: add it, or set mode to Plain")
public record MessagePush(
        @JsonPropertyDescription("Where the token is: 3 to 32 letters and digits.") @Required
        SecretKeyRef tokenRef,

        @JsonPropertyDescription("Where the EncodingAESKey is: 43 letters and digits. Needed unless mode is Plain.")
        @Nullable
        SecretKeyRef encodingAesKeyRef,

        @JsonPropertyDescription("Data format of the pushes.") @Default("JSON")
        Format format,

        @JsonPropertyDescription("Encryption of the pushes.") @Default("Safe")
        Mode mode) {

    /** Data format of pushes. */
    public enum Format {
        /** JSON. */
        JSON,
        /** XML. */
        XML
    }

    /** Encryption of pushes. */
    public enum Mode {
        /** Clear text. */
        @JsonProperty("Plain")
        PLAIN,
        /** Clear text and ciphertext in the same push. */
        @JsonProperty("Compatible")
        COMPATIBLE,
        /** Ciphertext only. */
        @JsonProperty("Safe")
        SAFE
    }
}
