package io.miniplane.operator.signals;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** For how long something has held without a break. */
final class Sustained {

    /** Longest time without a word after which what held before counts no more. */
    static final Duration GAP = Duration.ofMinutes(1);

    private @Nullable Instant since;
    private Instant last = Instant.MIN;

    /** It holds now. */
    void confirm(Instant now) {
        if (since == null || last.plus(GAP).isBefore(now)) {
            since = now;
        }
        last = now;
    }

    /** It doesn't hold now. */
    void contradict() {
        since = null;
    }

    /** Whether it holds now and has held for at least so long. */
    boolean holdsFor(Duration length, Instant now) {
        return since != null && last.equals(now) && !since.plus(length).isAfter(now);
    }
}
