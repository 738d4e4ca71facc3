package io.miniplane.simulator.world;

import java.util.Map;

/**
 * The whole state of a simulated WeChat.
 *
 * @param clock its time
 * @param apps the registered mini-programs
 * @param users the people
 * @param loginCodes codes of {@code wx.login}
 * @param phoneCodes codes of the phone number button
 * @param sessionKeys session keys per app and user
 * @param tokens access tokens
 */
public record World(
        SimulatedClock clock,
        Apps apps,
        Users users,
        OneTimeCodes loginCodes,
        OneTimeCodes phoneCodes,
        SessionKeys sessionKeys,
        AccessTokens tokens) {

    /**
     * A world in which nothing happened yet.
     *
     * @param secrets appId to secret
     * @throws IllegalArgumentException when an appId or secret is malformed
     */
    public static World with(Map<String, String> secrets) {
        SimulatedClock clock = new SimulatedClock();
        Apps apps = new Apps();
        secrets.forEach(apps::put);
        return new World(
                clock,
                apps,
                new Users(),
                new OneTimeCodes(clock),
                new OneTimeCodes(clock),
                new SessionKeys(),
                new AccessTokens(clock));
    }
}
