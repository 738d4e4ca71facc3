package io.miniplane.server.identity.application;

import io.miniplane.server.platform.ClientOrigin;

/** Keeps an address from trying to log in too often. */
@FunctionalInterface
public interface LoginThrottle {

    /**
     * Counts an attempt, whatever becomes of it.
     *
     * @throws io.miniplane.server.platform.Failure 42904 when the address has to wait
     */
    void admit(ClientOrigin origin);
}
