package io.miniplane.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** When each user was last seen in each app. */
public final class Visits {

    private final InstantSource clock;
    private final Map<Visitor, Instant> last = new ConcurrentHashMap<>();

    Visits(InstantSource clock) {
        this.clock = clock;
    }

    private record Visitor(String appId, String openId) {}

    /** The user does something in the app now. */
    public void add(String appId, String openId) {
        last.put(new Visitor(appId, openId), clock.instant());
    }

    /** Whether the user was in the app within the last so much time. */
    public boolean within(String appId, String openId, Duration time) {
        return Optional.ofNullable(last.get(new Visitor(appId, openId)))
                .filter(at -> !at.isBefore(clock.instant().minus(time)))
                .isPresent();
    }
}
