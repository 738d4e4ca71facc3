package io.miniplane.server.platform.startup;

import java.util.Optional;
import org.springframework.boot.web.server.PortInUseException;

/** Names the port that another program holds. */
final class PortExplanation {

    private PortExplanation() {}

    static Optional<String> of(Throwable cause) {
        return cause instanceof PortInUseException taken ? Optional.of(sentence(taken.getPort())) : Optional.empty();
    }

    private static String sentence(int port) {
        return "another program listens on port " + port
                + ": stop it, or set server.port or management.server.port to a free one.";
    }
}
