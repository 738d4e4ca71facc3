package io.miniplane.server.identity.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** The body of a login: the code that {@code wx.login} gave. */
record LoginRequest(
        @NotBlank(message = "is missing: send the code that wx.login gave")
        @Size(max = 256, message = "is longer than 256 characters: send the code that wx.login gave")
        String code) {

    @Override
    public String toString() {
        return "LoginRequest[redacted]";
    }
}
