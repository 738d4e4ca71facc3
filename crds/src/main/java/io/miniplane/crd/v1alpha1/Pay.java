package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** WeChat Pay of a direct merchant: all fields are there, for else the API server refuses it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.merchantId) && has(self.certificateSerial) && has(self.privateKeyRef) && "
                + "has(self.apiV3KeyRef) && has(self.platformPublicKeyRef) && has(self.platformPublicKeyId)",
        message = "pay needs all of merchantId, certificateSerial, privateKeyRef, apiV3KeyRef, "
                + "platformPublicKeyRef and platformPublicKeyId: add what is missing, or leave pay out")
public record Pay(
        @JsonPropertyDescription("Merchant number (mchid): 8 to 10 digits.")
        @Size(max = 10)
        @Pattern("^[0-9]{8,10}$")
        @ValidationRule(
                value = "self.matches('^[0-9]{8,10}$')",
                message = "must be the merchant number: 8 to 10 digits")
        String merchantId,

        @JsonPropertyDescription("Serial number of the merchant API certificate: 40 hexadecimal digits.")
        @Size(max = 40)
        @Pattern("^[0-9A-Fa-f]{40}$")
        @ValidationRule(
                value = "self.matches('^[0-9A-Fa-f]{40}$')",
                message = "must be the serial number of the merchant API certificate: 40 hexadecimal digits")
        String certificateSerial,

        @JsonPropertyDescription(
                "Where the private key of the merchant API certificate is: PEM, PKCS #8 (apiclient_key.pem).")
        SecretKeyRef privateKeyRef,

        @JsonPropertyDescription("Where the API v3 key is: 32 characters.")
        SecretKeyRef apiV3KeyRef,

        @JsonPropertyDescription("Where the WeChat Pay public key is: PEM (pub_key.pem).")
        SecretKeyRef platformPublicKeyRef,

        @JsonPropertyDescription("Id of the WeChat Pay public key: PUB_KEY_ID_ and digits.")
        @Size(max = 61)
        @Pattern("^PUB_KEY_ID_[0-9A-Za-z]{1,50}$")
        @ValidationRule(
                value = "self.matches('^PUB_KEY_ID_[0-9A-Za-z]{1,50}$')",
                message = "must be PUB_KEY_ID_ and what the merchant platform shows after it")
        String platformPublicKeyId) {}
