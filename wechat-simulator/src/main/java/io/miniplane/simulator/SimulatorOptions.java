package io.miniplane.simulator;

import java.util.Map;

/**
 * How a simulator is set up.
 *
 * @param host the address to listen on
 * @param port the port to listen on, 0 for a free one
 * @param apps appId to secret of the apps that are registered from the start
 */
public record SimulatorOptions(String host, int port, Map<String, String> apps) {

    /** The app that trials use. */
    public static final String TRIAL_APP_ID = "wx0123456789abcdef";

    /** The secret of {@link #TRIAL_APP_ID}; it opens nothing but simulators. */
    public static final String TRIAL_SECRET = "0123456789abcdef0123456789abcdef";

    private static final String LOOPBACK = "127.0.0.1";

    /** @throws IllegalArgumentException when the port is none */
    public SimulatorOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("The port is a number from 0 to 65535, 0 for a free one.");
        }
        apps = Map.copyOf(apps);
    }

    /** A free port of the loopback address and the trial app. */
    public static SimulatorOptions trial() {
        return trial(0);
    }

    /** A port of the loopback address and the trial app. */
    public static SimulatorOptions trial(int port) {
        return new SimulatorOptions(LOOPBACK, port, Map.of(TRIAL_APP_ID, TRIAL_SECRET));
    }
}
