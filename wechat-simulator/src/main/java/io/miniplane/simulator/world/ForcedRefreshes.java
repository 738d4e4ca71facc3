package io.miniplane.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** Counts the forced refreshes of each app: at most 20 a day, at least 30 s apart. */
final class ForcedRefreshes {

    private static final int PER_DAY = 20;
    private static final Duration APART = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Map<String, Count> counts = new HashMap<>();

    ForcedRefreshes(InstantSource clock) {
        this.clock = clock;
    }

    private record Count(LocalDate day, int calls, Instant last) {}

    /** What becomes of a wish to refresh. */
    enum Answer {
        GRANTED,
        TOO_SOON,
        USED_UP
    }

    /** Asks for a refresh and counts it when it is granted. */
    Answer ask(String appId) {
        Instant now = clock.instant();
        LocalDate today = Beijing.day(now);
        Count count = counts.getOrDefault(appId, new Count(today, 0, Instant.MIN));
        if (count.last().isAfter(now.minus(APART))) {
            return Answer.TOO_SOON;
        }
        int before = count.day().equals(today) ? count.calls() : 0;
        if (before >= PER_DAY) {
            return Answer.USED_UP;
        }
        counts.put(appId, new Count(today, before + 1, now));
        return Answer.GRANTED;
    }
}
