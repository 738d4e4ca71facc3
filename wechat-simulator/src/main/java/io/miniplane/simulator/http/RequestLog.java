package io.miniplane.simulator.http;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Remembers which calls came, without anything secret in them: the counts of all, the last 1,000 themselves. */
public final class RequestLog {

    private static final int KEPT = 1000;

    private final Map<String, Long> counts = new TreeMap<>();
    private final Deque<Entry> last = new ArrayDeque<>();

    /**
     * One call.
     *
     * @param at the simulated time
     * @param method the HTTP method
     * @param path the path without query
     * @param outcome {@code ok}, an error code, or the kind of the fault that hit it
     * @param micros how many microseconds the answer took, a wait by a fault included
     */
    public record Entry(Instant at, String method, String path, String outcome, long micros) {}

    /**
     * What the log knew at one moment.
     *
     * @param counts calls per path
     * @param calls the last calls, oldest first
     */
    public record Snapshot(Map<String, Long> counts, List<Entry> calls) {

        /** How many calls of this path came. */
        public long count(String path) {
            return counts.getOrDefault(path, 0L);
        }
    }

    /** What came so far. */
    public synchronized Snapshot snapshot() {
        return new Snapshot(new TreeMap<>(counts), new ArrayList<>(last));
    }

    /** Forgets all. */
    public synchronized void clear() {
        counts.clear();
        last.clear();
    }

    synchronized void add(Entry entry) {
        counts.merge(entry.path(), 1L, Long::sum);
        last.addLast(entry);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }
}
