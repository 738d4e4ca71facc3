package io.miniplane.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** A limit of calls per minute and subject, counted in windows that start with the subject's first call. */
public final class CallsPerMinute {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final int limit;
    private final Map<String, Window> windows = new LinkedHashMap<>();

    /** A limit of so many calls per minute. */
    public CallsPerMinute(InstantSource clock, int limit) {
        this.clock = clock;
        this.limit = limit;
    }

    private record Window(Instant end, int calls) {}

    /** Counts a call and says whether it is within the limit. */
    public synchronized boolean allow(String subject) {
        Instant now = clock.instant();
        forgetUntil(now);
        Window window = windows.getOrDefault(subject, new Window(now.plus(WINDOW), 0));
        windows.put(subject, new Window(window.end(), window.calls() + 1));
        return window.calls() < limit;
    }

    /** The oldest windows end first and stand first. */
    private void forgetUntil(Instant now) {
        Iterator<Window> oldest = windows.values().iterator();
        while (oldest.hasNext() && !now.isBefore(oldest.next().end())) {
            oldest.remove();
        }
    }
}
