package io.miniplane.simulator.control;

import io.miniplane.simulator.world.Known;
import io.miniplane.simulator.world.Limits;
import io.miniplane.simulator.world.World;
import java.util.Set;

/** Sets how much apps may do. */
public final class LimitControl {

    private final World world;

    LimitControl(World world) {
        this.world = world;
    }

    /**
     * Sets how often every app may call a path.
     *
     * @throws IllegalArgumentException when calls of the path are not counted
     */
    public void limit(String path, Limits limits) {
        world.quotas().limit(path, limits);
    }

    /**
     * Sets how many permanent codes every app may have.
     *
     * @throws IllegalArgumentException when the number is negative
     */
    public void limitCodes(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("\"permanentCodes\" is 0 or more.");
        }
        world.links().codeLimit(limit);
    }

    /**
     * Names the pages that an app has released, without a slash at the start; none means that it was never released.
     *
     * @throws IllegalArgumentException when the app is unknown
     */
    public void publish(String appId, Set<String> pages) {
        Known.app(world, appId);
        world.pages().publish(appId, pages);
    }
}
