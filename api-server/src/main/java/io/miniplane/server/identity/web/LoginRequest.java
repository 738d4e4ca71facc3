package io.miniplane.server.identity.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** The body of a login: the code that {@code wx.login} gave. */
record LoginRequest(
        @NotBlank(message = "login-code-missing") @Size(max = 256, message = "login-code-too-long")
        String code) {

    @Override
    public String toString() {
        return "LoginRequest[redacted]";
    }
}
