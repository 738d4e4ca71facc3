package io.miniplane.server.identity.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** The body of a refresh: the newest refresh token of the session. */
record RefreshRequest(
        @NotBlank(message = "refresh-token-missing") @Size(max = 256, message = "refresh-token-too-long")
        String refreshToken) {

    @Override
    public String toString() {
        return "RefreshRequest[redacted]";
    }
}
