package io.miniplane.server.platform.startup;

import io.miniplane.server.platform.crypto.KeysetUnreadable;
import java.util.Optional;

/** Names the keyset file that keeps the server from starting. */
final class KeysetExplanation {

    private KeysetExplanation() {}

    static Optional<String> of(Throwable cause) {
        return cause instanceof KeysetUnreadable unreadable
                ? Optional.of(unreadable.getMessage() + ": " + unreadable.cure() + ".")
                : Optional.empty();
    }
}
