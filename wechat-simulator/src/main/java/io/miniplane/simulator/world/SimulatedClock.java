package io.miniplane.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The clock of the simulated WeChat: it runs like the real one and can be set forward, never back. */
public final class SimulatedClock implements InstantSource {

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    /** The real time plus all that the clock was set forward. */
    @Override
    public Instant instant() {
        return Instant.now().plus(ahead.get());
    }

    /** How far the clock was set forward in all. */
    public Duration ahead() {
        return Duration.ZERO.plus(ahead.get());
    }

    /**
     * Sets the clock forward.
     *
     * @throws IllegalArgumentException when the duration is negative
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("The clock only goes forward: advance it by 0 seconds or more.");
        }
        ahead.accumulateAndGet(by, Duration::plus);
    }
}
