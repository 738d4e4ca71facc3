package io.miniplane.simulator.control;

import io.miniplane.simulator.world.User;
import io.miniplane.simulator.world.World;

/** Refuses orders about apps and users that there are not. */
final class Known {

    private Known() {}

    static void app(World world, String appId) {
        if (!world.apps().knows(appId)) {
            throw new IllegalArgumentException(
                    "This appId is unknown: register it by PUT /_control/apps/{appId} with its secret.");
        }
    }

    static User user(World world, String openId) {
        return world.users()
                .find(openId)
                .orElseThrow(() ->
                        new IllegalArgumentException("This openId is unknown: make the user by POST /_control/users."));
    }
}
