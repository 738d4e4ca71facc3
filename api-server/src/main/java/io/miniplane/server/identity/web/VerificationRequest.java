package io.miniplane.server.identity.web;

import io.miniplane.server.wechat.EncryptedUserData;
import io.miniplane.server.wechat.SignedUserData;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** The body that verifies a profile: all that WeChat gave to the mini-program, as it gave it. */
record VerificationRequest(
        @NotNull(message = "missing") @Size(max = 8192, message = "too-long")
        String rawData,

        @NotNull(message = "missing") @Pattern(regexp = "[0-9A-Fa-f]{40}", message = "not-a-signature")
        String signature,

        @NotNull(message = "missing")
        @Size(max = 8192, message = "too-long")
        @Pattern(regexp = EncryptedText.BASE64, message = "not-base64")
        String encryptedData,

        @NotNull(message = "missing") @Pattern(regexp = EncryptedText.IV, message = "not-an-iv")
        String iv) {

    SignedUserData signed() {
        return new SignedUserData(rawData, signature);
    }

    EncryptedUserData encrypted() {
        return new EncryptedUserData(encryptedData, iv);
    }

    @Override
    public String toString() {
        return "VerificationRequest[redacted]";
    }
}
