package io.miniplane.server.platform.events;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a failed event waits: twice as long after each attempt, up to a longest wait, and up to half of that less by chance so that events that
 * failed together do not come back together.
 */
record Backoff(Duration first, Duration longest, RandomGenerator random) {

    private static final int MOST_DOUBLINGS = 30;

    Duration after(int attempt) {
        int doublings = Math.clamp(attempt - 1, 0, MOST_DOUBLINGS);
        long whole = Math.min(longest.toMillis(), first.toMillis() << doublings);
        return Duration.ofMillis(whole - random.nextLong(whole / 2 + 1));
    }
}
