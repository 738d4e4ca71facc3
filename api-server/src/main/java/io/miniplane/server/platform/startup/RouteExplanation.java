package io.miniplane.server.platform.startup;

import io.miniplane.server.platform.security.UnruledRoute;
import java.util.Optional;

/** Names the route of which it is not said who may call it. */
final class RouteExplanation {

    private RouteExplanation() {}

    static Optional<String> of(Throwable cause) {
        return cause instanceof UnruledRoute unruled ? Optional.ofNullable(unruled.getMessage()) : Optional.empty();
    }
}
