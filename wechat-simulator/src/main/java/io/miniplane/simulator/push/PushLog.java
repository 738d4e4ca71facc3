package io.miniplane.simulator.push;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Remembers the last 1,000 pushes. */
final class PushLog {

    private static final int KEPT = 1000;

    private final Map<Long, Push> pushes = new LinkedHashMap<>();
    private long last;

    synchronized Push begin(PushOrder order, Instant at) {
        Push push = Push.of(++last, order, at);
        pushes.put(push.id(), push);
        if (pushes.size() > KEPT) {
            pushes.remove(pushes.keySet().iterator().next());
        }
        return push;
    }

    /** The newest first. */
    synchronized List<Push> all() {
        return new ArrayList<>(pushes.values()).reversed();
    }

    synchronized Optional<Push> find(long id) {
        return Optional.ofNullable(pushes.get(id));
    }

    synchronized void change(long id, UnaryOperator<Push> change) {
        pushes.computeIfPresent(id, (known, push) -> change.apply(push));
    }

    synchronized void clear() {
        pushes.clear();
    }
}
