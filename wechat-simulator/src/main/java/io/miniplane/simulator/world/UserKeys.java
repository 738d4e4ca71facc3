package io.miniplane.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys by which an app and its server encrypt for one user: the newest lives 3600 s, 3 are remembered. */
public final class UserKeys {

    /** How long a key lives. */
    public static final Duration LIFE = Duration.ofHours(1);

    private static final int REMEMBERED = 3;

    private final InstantSource clock;
    private final Map<Owner, List<UserKey>> keys = new HashMap<>();

    UserKeys(InstantSource clock) {
        this.clock = clock;
    }

    private record Owner(String appId, String openId) {}

    /**
     * One key.
     *
     * @param encryptKey 16 bytes in base64
     * @param iv 16 characters, used as bytes
     * @param version counts the keys of one user from 1
     * @param createdAt when its life began
     */
    public record UserKey(String encryptKey, String iv, int version, Instant createdAt) {

        /** Whole seconds that it has left, 0 when it is over. */
        public long secondsLeft(Instant now) {
            return Math.max(0, Duration.between(now, createdAt.plus(LIFE)).toSeconds());
        }

        @Override
        public String toString() {
            return "UserKey[version=" + version + ", redacted]";
        }
    }

    /** The newest keys, newest first; when the newest is over there is a new one. */
    public synchronized List<UserKey> newest(String appId, String openId) {
        List<UserKey> known = keys.computeIfAbsent(new Owner(appId, openId), owner -> new ArrayList<>());
        Instant now = clock.instant();
        if (known.isEmpty() || known.getFirst().secondsLeft(now) == 0) {
            int version = known.isEmpty() ? 1 : known.getFirst().version() + 1;
            String iv = RandomText.hexWord() + RandomText.hexWord();
            known.addFirst(new UserKey(RandomText.base64(16), iv, version, now));
        }
        if (known.size() > REMEMBERED) {
            known.removeLast();
        }
        return List.copyOf(known);
    }
}
