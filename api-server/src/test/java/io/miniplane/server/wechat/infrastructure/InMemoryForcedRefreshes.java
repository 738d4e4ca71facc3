package io.miniplane.server.wechat.infrastructure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** Forced refreshes of servers in one JVM, by a clock that tests can move. */
final class InMemoryForcedRefreshes implements ForcedRefreshes {

    private static final int PER_DAY = 20;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration APART = Duration.ofSeconds(30);

    final AtomicInteger asked = new AtomicInteger();
    final AtomicInteger granted = new AtomicInteger();
    private final InstantSource clock;
    private final Deque<Instant> last = new ArrayDeque<>();

    InMemoryForcedRefreshes(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Mono<Answer> ask() {
        return Mono.fromSupplier(this::answer);
    }

    private synchronized Answer answer() {
        asked.incrementAndGet();
        Instant now = clock.instant();
        while (!last.isEmpty() && !last.getFirst().plus(DAY).isAfter(now)) {
            last.removeFirst();
        }
        Instant next = earliest();
        if (now.isBefore(next)) {
            return new Answer(false, Duration.between(last.getLast(), now), Duration.between(now, next));
        }
        last.addLast(now);
        granted.incrementAndGet();
        return new Answer(true, Duration.ZERO, APART);
    }

    private Instant earliest() {
        if (last.isEmpty()) {
            return Instant.MIN;
        }
        return last.size() < PER_DAY
                ? last.getLast().plus(APART)
                : last.getFirst().plus(DAY);
    }
}
