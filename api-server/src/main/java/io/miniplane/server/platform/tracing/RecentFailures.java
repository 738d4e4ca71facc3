package io.miniplane.server.platform.tracing;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.springframework.stereotype.Component;

/** The last failures of this process and where to find more about each; 20 of them, none with a word of who was concerned. */
@Component
public final class RecentFailures {

    private static final int MOST = 20;

    private final Deque<Recent> failures = new ArrayDeque<>();

    RecentFailures() {}

    /**
     * Keeps one.
     *
     * @param what failed, such as a method and the pattern of a route; nothing of what was sent
     * @param traceId of its trace and its log lines
     * @param causes the chain of causes
     */
    public synchronized void note(String what, String traceId, CauseChain causes) {
        if (failures.size() == MOST) {
            failures.removeLast();
        }
        failures.addFirst(new Recent(Instant.now(), what, traceId, causes.names()));
    }

    /** All that are kept, the newest first. */
    public synchronized List<Recent> list() {
        return List.copyOf(failures);
    }

    /**
     * A failure.
     *
     * @param at when it was told
     * @param what failed
     * @param traceId 32 hexadecimal digits
     * @param causes names of classes, the failure itself first
     */
    public record Recent(Instant at, String what, String traceId, List<String> causes) {}
}
