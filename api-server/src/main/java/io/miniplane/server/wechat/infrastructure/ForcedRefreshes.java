package io.miniplane.server.wechat.infrastructure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** Keeps forced refreshes of the access token within what WeChat allows: 20 in a day, 30 s apart. */
final class ForcedRefreshes {

    private static final int PER_DAY = 20;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration APART = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Deque<Instant> granted = new ArrayDeque<>();

    ForcedRefreshes(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Asks for a refresh, which counts when it is granted.
     *
     * @return zero when it is granted, else how long to wait
     */
    synchronized Duration ask() {
        Instant now = clock.instant();
        while (!granted.isEmpty() && !granted.getFirst().plus(DAY).isAfter(now)) {
            granted.removeFirst();
        }
        Instant next = earliest();
        if (now.isBefore(next)) {
            return Duration.between(now, next);
        }
        granted.addLast(now);
        return Duration.ZERO;
    }

    private Instant earliest() {
        if (granted.isEmpty()) {
            return Instant.MIN;
        }
        return granted.size() < PER_DAY
                ? granted.getLast().plus(APART)
                : granted.getFirst().plus(DAY);
    }
}
