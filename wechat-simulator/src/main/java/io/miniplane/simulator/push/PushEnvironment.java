package io.miniplane.simulator.push;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Reads the callback of the first app from the environment of a simulator that runs as a program. */
public final class PushEnvironment {

    private static final String URL = "SIMULATOR_PUSH_URL";
    private static final String TOKEN = "SIMULATOR_PUSH_TOKEN";
    private static final String KEY = "SIMULATOR_PUSH_ENCODING_AES_KEY";

    private PushEnvironment() {}

    /**
     * Reads {@code SIMULATOR_PUSH_URL}, {@code SIMULATOR_PUSH_TOKEN}, {@code SIMULATOR_PUSH_ENCODING_AES_KEY} and, if
     * they are there, {@code SIMULATOR_PUSH_MODE} and {@code SIMULATOR_PUSH_FORMAT}.
     *
     * @return empty when there is no URL
     * @throws IllegalArgumentException when one of them is wrong; the message never repeats a secret
     */
    public static Optional<PushCallback> read(Map<String, String> environment) {
        String url = environment.getOrDefault(URL, "");
        if (url.isEmpty()) {
            return Optional.empty();
        }
        if (!environment.containsKey(TOKEN) || !environment.containsKey(KEY)) {
            throw new IllegalArgumentException(URL + " needs " + TOKEN + " and " + KEY + " beside it.");
        }
        return Optional.of(PushCallback.of(
                address(url),
                environment.getOrDefault(TOKEN, ""),
                environment.getOrDefault(KEY, ""),
                PushOrders.mode(environment.getOrDefault("SIMULATOR_PUSH_MODE", PushMode.Safe.name())),
                PushOrders.format(environment.getOrDefault("SIMULATOR_PUSH_FORMAT", PushFormat.JSON.name()))));
    }

    private static URI address(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(URL + " is no address.", malformed);
        }
    }
}
