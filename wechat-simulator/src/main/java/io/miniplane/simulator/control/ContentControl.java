package io.miniplane.simulator.control;

import io.miniplane.simulator.world.ContentRules.ContentRule;
import io.miniplane.simulator.world.Known;
import io.miniplane.simulator.world.World;

/** Moves what WeChat thinks of content and of users. */
public final class ContentControl {

    private final World world;

    ContentControl(World world) {
        this.world = world;
    }

    /** Objects to a word in texts and in the addresses of media. */
    public void object(ContentRule rule) {
        world.contentRules().add(rule);
    }

    /** Goes back to the rules of the start. */
    public void resetRules() {
        world.contentRules().reset();
    }

    /**
     * Sets how risky WeChat holds a user.
     *
     * @param rank from 0, harmless, to 4
     * @throws IllegalArgumentException when the user is unknown or the rank out of range
     */
    public void riskRank(String openId, int rank) {
        Known.user(world, openId);
        world.riskRanks().put(openId, rank);
    }

    /**
     * Lets a user do something in an app: WeChat answers questions about users who were there in the last 2 hours.
     *
     * @throws IllegalArgumentException when the app or the user is unknown
     */
    public void visit(String appId, String openId) {
        Known.app(world, appId);
        Known.user(world, openId);
        world.visits().add(appId, openId);
    }
}
