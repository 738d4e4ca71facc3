package io.miniplane.server.identity.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** The body of a refresh: the newest refresh token of the session. */
record RefreshRequest(
        @NotBlank(message = "is missing: send the refresh token of the last login or refresh")
        @Size(max = 256, message = "is longer than 256 characters: send the refresh token of the last login or refresh")
        String refreshToken) {

    @Override
    public String toString() {
        return "RefreshRequest[redacted]";
    }
}
