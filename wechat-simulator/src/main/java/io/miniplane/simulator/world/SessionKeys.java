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

    private record Keys(@Nullable String live, @Nullable String dead) {

        @Nullable
        String last() {
            return live == null ? dead : live;
        }
    }

    /** Makes a key for a login; the key of the login before dies. */
    public synchronized String renew(String appId, String openId) {
        Owner owner = new Owner(appId, openId);
        Keys before = keys.get(owner);
        String live = RandomText.base64(KEY_BYTES);
        keys.put(owner, new Keys(live, before == null ? null : before.last()));
        return live;
    }

    /** Lets the living key die, as WeChat does some time after the user was last seen. */
    public synchronized void expire(String appId, String openId) {
        keys.computeIfPresent(new Owner(appId, openId), (owner, before) -> new Keys(null, before.last()));
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
