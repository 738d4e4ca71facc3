package io.miniplane.simulator.api;

import io.miniplane.simulator.http.ApiRoutes;

/** A family of endpoints that belong together. */
@FunctionalInterface
public interface ApiFamily {

    /** Adds its endpoints. */
    void register(ApiRoutes routes);
}
