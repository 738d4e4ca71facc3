package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** API security, as set in the WeChat console under API security. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiSecurity(
        @JsonPropertyDescription("Where the symmetric key is: 32 bytes in base64.") @Required
        SecretKeyRef symmetricKeyRef,

        @JsonPropertyDescription("Number of the symmetric key.")
        @Size(max = 64)
        @Pattern("^[0-9a-zA-Z]{1,64}$")
        @ValidationRule(
                value = "self.matches('^[0-9a-zA-Z]{1,64}$')",
                message = "must be the number that the WeChat console shows: up to 64 letters and digits")
        @Required
        String symmetricKeySerial,

        @JsonPropertyDescription("Where your own private key is: PEM, PKCS #8.") @Required
        SecretKeyRef signingKeyRef,

        @JsonPropertyDescription("Number of your own key pair.")
        @Size(max = 64)
        @Pattern("^[0-9a-zA-Z]{1,64}$")
        @ValidationRule(
                value = "self.matches('^[0-9a-zA-Z]{1,64}$')",
                message = "must be the number that the WeChat console shows: up to 64 letters and digits")
        @Required
        String signingKeySerial,

        @JsonPropertyDescription("Where the certificate of WeChat is that its answers are verified with: PEM.")
        @Required
        SecretKeyRef platformCertificateRef,

        @JsonPropertyDescription("Number of the certificate of WeChat.")
        @Size(max = 64)
        @Pattern("^[0-9a-zA-Z]{1,64}$")
        @ValidationRule(
                value = "self.matches('^[0-9a-zA-Z]{1,64}$')",
                message = "must be the number that the WeChat console shows: up to 64 letters and digits")
        @Required
        String platformCertificateSerial,

        @JsonPropertyDescription("Cipher that the console shows for the symmetric key.") @Default("AES256_GCM")
        Cipher cipher,

        @JsonPropertyDescription("Signature algorithm that the console shows for the key pair.")
        @Default("RSAwithSHA256")
        Signature signature) {

    /** Cipher of bodies. */
    public enum Cipher {
        /** AES-256 in Galois/counter mode. */
        AES256_GCM,
        /** SM4 in Galois/counter mode. */
        SM4_GCM
    }

    /** Signature of bodies. */
    public enum Signature {
        /** RSA with SHA-256. */
        @JsonProperty("RSAwithSHA256")
        RSA_WITH_SHA256,
        /** SM2 with SM3. */
        @JsonProperty("SM2withSM3")
        SM2_WITH_SM3
    }
}
