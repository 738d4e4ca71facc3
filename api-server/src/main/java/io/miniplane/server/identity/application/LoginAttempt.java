package io.miniplane.server.identity.application;

import io.miniplane.server.identity.domain.ClientKind;
import io.miniplane.server.platform.ClientOrigin;

/**
 * Somebody wants to log in.
 *
 * @param code the code that {@code wx.login} gave
 * @param origin where they come from
 * @param client the kind of their device
 */
public record LoginAttempt(String code, ClientOrigin origin, ClientKind client) {

    @Override
    public String toString() {
        return "LoginAttempt[redacted]";
    }
}
