package io.miniplane.server.platform.reencryption;

import java.util.UUID;

/**
 * How far a table has come. Its rows are counted once, then rewritten; the table is complete when one more pass over it found nothing to change,
 * for whoever had not loaded the new keys during a pass wrote behind its back.
 *
 * @param phase what is done next
 * @param position the last row that was dealt with
 * @param remaining rows that are still to be rewritten, as far as they are counted
 * @param changed rows of this pass that were not yet under the keys
 * @param unreadable rows of this pass that no loaded key opens
 */
record Pass(Phase phase, UUID position, long remaining, long changed, long unreadable) {

    /** Before the first row. */
    static final UUID START = new UUID(0, 0);

    /** Nothing is known yet. */
    static final Pass FIRST = new Pass(Phase.COUNTING, START, 0, 0, 0);

    /** Whether the first row is the next to be looked at for rewriting. */
    boolean isAtStart() {
        return phase == Phase.REWRITING && position.equals(START);
    }

    /** The pass after some more rows were counted. */
    Pass counted(Count count) {
        long sum = remaining + count.stale();
        return count.isEnd()
                ? new Pass(Phase.REWRITING, START, sum, 0, 0)
                : new Pass(Phase.COUNTING, count.last(), sum, 0, 0);
    }

    /** The pass after some more rows were rewritten. */
    Pass rewritten(Batch batch) {
        long found = changed + batch.changed() + batch.missed();
        long lost = unreadable + batch.unreadable();
        long rest = Math.max(0, remaining - batch.changed() - batch.unreadable());
        if (!batch.isEnd()) {
            return new Pass(Phase.REWRITING, batch.last(), rest, found, lost);
        }
        return found == 0 ? new Pass(Phase.COMPLETE, START, 0, 0, lost) : new Pass(Phase.REWRITING, START, rest, 0, 0);
    }

    /** What is done next. */
    enum Phase {
        /** Rows under other keys are counted. */
        COUNTING,
        /** They are brought under the primary keys. */
        REWRITING,
        /** Every row that can be read is under the primary keys. */
        COMPLETE
    }

    /**
     * Some rows that were looked at.
     *
     * @param last the last of them
     * @param isEnd whether there are no more
     * @param stale how many are under other keys
     */
    record Count(UUID last, boolean isEnd, long stale) {}

    /**
     * Some rows that were rewritten.
     *
     * @param last the last row that was looked at
     * @param isEnd whether there are no more
     * @param changed rows that are now under the keys
     * @param missed rows that somebody else wrote meanwhile
     * @param unreadable rows that no loaded key opens
     */
    record Batch(UUID last, boolean isEnd, long changed, long missed, long unreadable) {}
}
