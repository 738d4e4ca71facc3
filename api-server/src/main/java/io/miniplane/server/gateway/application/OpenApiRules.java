package io.miniplane.server.gateway.application;

import java.time.Duration;
import java.util.Set;

/**
 * Which of WeChat's API is open to the container.
 *
 * @param allow paths
 * @param requests how often each path may be called at once, and in each period on the long run
 * @param per the period
 */
public record OpenApiRules(Set<String> allow, int requests, Duration per) {

    /** Takes the paths as they are now. */
    public OpenApiRules {
        allow = Set.copyOf(allow);
    }
}
