package io.miniplane.operator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Whether the operator works. Watches that break off are opened again by themselves, so only a long gap counts. */
final class Health {

    /** How long watches may be broken before a restart is the better cure. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    /** An answer and why. */
    record Answer(boolean good, String text) {}

    private final BooleanSupplier started;
    private final BooleanSupplier watching;
    private final Clock clock;
    private @Nullable Instant brokenSince;
    private boolean stopping;

    /**
     * @param started whether the first look at the cluster is done
     * @param watching whether all watches are open
     */
    Health(BooleanSupplier started, BooleanSupplier watching, Clock clock) {
        this.started = started;
        this.watching = watching;
        this.clock = clock;
    }

    /** Makes readiness fail from now on. */
    synchronized void stop() {
        stopping = true;
    }

    synchronized Answer liveness() {
        if (!started.getAsBoolean() || watching.getAsBoolean()) {
            brokenSince = null;
            return new Answer(true, "ok");
        }
        Instant since = brokenSince == null ? clock.instant() : brokenSince;
        brokenSince = since;
        boolean patient = clock.instant().isBefore(since.plus(PATIENCE));
        return new Answer(patient, "watches are broken since " + since);
    }

    synchronized Answer readiness() {
        if (stopping) {
            return new Answer(false, "stopping");
        }
        return started.getAsBoolean() ? new Answer(true, "ok") : new Answer(false, "starting");
    }
}
