package io.miniplane.simulator.world;

/** Refuses orders about apps and users that there are not. */
public final class Known {

    private Known() {}

    /**
     * The appId, when there is such an app.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static String app(World world, String appId) {
        if (!world.apps().knows(appId)) {
            throw new IllegalArgumentException(
                    "This appId is unknown: register it by PUT /_control/apps/{appId} with its secret.");
        }
        return appId;
    }

    /**
     * The user of an openId.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static User user(World world, String openId) {
        return world.users()
                .find(openId)
                .orElseThrow(() ->
                        new IllegalArgumentException("This openId is unknown: make the user by POST /_control/users."));
    }
}
