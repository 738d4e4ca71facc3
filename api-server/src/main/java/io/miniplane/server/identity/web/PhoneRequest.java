package io.miniplane.server.identity.web;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.Reason;
import io.miniplane.server.wechat.EncryptedUserData;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body that binds a phone number: what the phone number button gave, a code or encrypted data. */
record PhoneRequest(
        @Size(max = 256, message = "too-long") @Nullable String code,

        @Size(max = 8192, message = "too-long")
        @Pattern(regexp = EncryptedText.BASE64, message = "not-base64")
        @Nullable
        String encryptedData,

        @Pattern(regexp = EncryptedText.IV, message = "not-an-iv") @Nullable
        String iv) {

    private static final ErrorCode BAD_REQUEST = new ErrorCode(40000);

    /**
     * The encrypted data, or empty where it is a code that was sent.
     *
     * @throws Failure 40000 when it is not exactly one of both
     */
    Optional<EncryptedUserData> data() {
        if ((code == null) == (encryptedData == null) || (encryptedData == null) != (iv == null)) {
            throw new Failure(BAD_REQUEST, Reason.of("code-or-data"));
        }
        return encryptedData == null || iv == null
                ? Optional.empty()
                : Optional.of(new EncryptedUserData(encryptedData, iv));
    }

    @Override
    public String toString() {
        return "PhoneRequest[redacted]";
    }
}
