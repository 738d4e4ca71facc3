package io.miniplane.simulator.world;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What WeChat asks of merchants: every app must tell its shipping, unless it was let off. */
public final class TradeRules {

    private final InstantSource clock;
    private final Set<String> free = ConcurrentHashMap.newKeySet();
    private final Map<String, String> jumpPaths = new ConcurrentHashMap<>();

    private volatile Duration unknownFor = Duration.ZERO;

    TradeRules(InstantSource clock) {
        this.clock = clock;
    }

    /** Decides whether an app must tell its shipping. */
    public void manage(String appId, boolean managed) {
        if (managed) {
            free.remove(appId);
        } else {
            free.add(appId);
        }
    }

    /** Whether an app must tell its shipping. */
    public boolean isManaged(String appId) {
        return !free.contains(appId);
    }

    /** Lets orders be unknown to the shipping calls for some time after they were paid, as they are at WeChat. */
    public void unknownFor(Duration time) {
        unknownFor = time;
    }

    /** Whether the shipping calls know an order yet. */
    public boolean knows(PaidOrder order) {
        return !clock.instant().isBefore(order.paidAt().plus(unknownFor));
    }

    /** Sets the page that messages about shipping open. */
    public void jumpPath(String appId, String path) {
        jumpPaths.put(appId, path);
    }

    /** The page that messages about shipping open, empty when none was set. */
    public String jumpPath(String appId) {
        return jumpPaths.getOrDefault(appId, "");
    }
}
