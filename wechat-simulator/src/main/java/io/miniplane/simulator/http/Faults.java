package io.miniplane.simulator.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults that wait for calls; the oldest one that concerns a call hits it. */
public final class Faults {

    private final List<Fault> waiting = new ArrayList<>();

    /** Adds a fault. */
    public synchronized void add(Fault fault) {
        waiting.add(fault);
    }

    /** Removes all. */
    public synchronized void clear() {
        waiting.clear();
    }

    /** Those that still wait, the oldest first. */
    public synchronized List<Fault> all() {
        return List.copyOf(waiting);
    }

    /** What hits the next call of a path. */
    synchronized Optional<Effect> next(String path) {
        for (int i = 0; i < waiting.size(); i++) {
            Fault fault = waiting.get(i);
            if (fault.concerns(path)) {
                Fault left = fault.spent();
                if (left == null) {
                    waiting.remove(i);
                } else {
                    waiting.set(i, left);
                }
                return Optional.of(fault.effect());
            }
        }
        return Optional.empty();
    }
}
