package io.miniplane.simulator.world;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The session key of each user in each app: one lives, the one before it is remembered as dead. */
public final class SessionKeys {

    private static final int KEY_BYTES = 16;

    private final Map<Owner, Keys> keys = new HashMap<>();

    SessionKeys() {}

    private record Owner(String appId, String openId) {}

    private record Keys(String live, @Nullable String dead) {}

    /** Makes a key for a login; the key of the login before dies. */
    public synchronized String renew(String appId, String openId) {
        Owner owner = new Owner(appId, openId);
        Keys before = keys.get(owner);
        String live = RandomText.base64(KEY_BYTES);
        keys.put(owner, new Keys(live, before == null ? null : before.live()));
        return live;
    }

    /** The living key. */
    public synchronized Optional<String> live(String appId, String openId) {
        return Optional.ofNullable(keys.get(new Owner(appId, openId))).map(Keys::live);
    }

    /** The key that the living one replaced. */
    public synchronized Optional<String> dead(String appId, String openId) {
        return Optional.ofNullable(keys.get(new Owner(appId, openId))).map(Keys::dead);
    }
}
