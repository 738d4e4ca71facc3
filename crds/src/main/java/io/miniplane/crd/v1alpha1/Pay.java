package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** WeChat Pay of a direct merchant: all fields or none. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Pay(
        @JsonPropertyDescription("Merchant number (mchid): 8 to 10 digits.") @Nullable String merchantId,
        @JsonPropertyDescription("Serial number of the merchant API certificate: 40 hexadecimal digits.") @Nullable String certificateSerial,
        @JsonPropertyDescription("Where the private key of the merchant API certificate is: PEM, PKCS #8 (apiclient_key.pem).") @Nullable SecretKeyRef privateKeyRef,
        @JsonPropertyDescription("Where the API v3 key is: 32 characters.") @Nullable SecretKeyRef apiV3KeyRef,
        @JsonPropertyDescription("Where the WeChat Pay public key is: PEM (pub_key.pem).") @Nullable SecretKeyRef platformPublicKeyRef,
        @JsonPropertyDescription("Id of the WeChat Pay public key: PUB_KEY_ID_ and digits.") @Nullable String platformPublicKeyId) {}
