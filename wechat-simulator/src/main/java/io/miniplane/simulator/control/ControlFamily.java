package io.miniplane.simulator.control;

/** Calls of the control API that belong together. */
@FunctionalInterface
interface ControlFamily {

    /** Adds its calls. */
    void register(ControlRoutes routes);
}
