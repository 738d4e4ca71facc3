package io.miniplane.server.platform.events;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event that a queue failed to handle as often as it is tried, as staff sees it; times are UTC.
 *
 * @param queue whose handler failed
 * @param eventId names the event, which may be dead in other queues too
 * @param type what happened
 * @param schemaVersion which shape the data has
 * @param aggregateType the kind of what it happened to
 * @param aggregateId which one
 * @param subject what a reader would call it, or null
 * @param time when it happened
 * @param attempts how often it was tried
 * @param lastError the class of the last error
 * @param queuedAt when it came into the queue
 * @param diedAt when it was tried for the last time
 * @param traceId the trace in which it happened, or null
 * @param personal whether the data says anything about a person: it is never shown then
 * @param data JSON text, or null where it is personal, and in lists
 */
record DeadLetter(
        String queue,
        UUID eventId,
        String type,
        int schemaVersion,
        String aggregateType,
        String aggregateId,
        @Nullable String subject,
        Instant time,
        int attempts,
        @Nullable String lastError,
        Instant queuedAt,
        Instant diedAt,
        @Nullable String traceId,
        boolean personal,
        @Nullable String data) {

    private static final Pattern QUEUE = Pattern.compile("[a-z0-9.-]{1,200}");

    /** Whether a queue can have that name; what cannot is not asked of the database. */
    static boolean isQueue(String name) {
        return QUEUE.matcher(name).matches();
    }

    /** One letter of all. */
    record Id(String queue, UUID event) {

        @Override
        public String toString() {
            return queue + "/" + event;
        }
    }

    /** A letter and its place in the outbox. */
    record Placed(long position, DeadLetter letter) {}

    /** What came of a change: whether the queue has such an event, and whether it was dead and was changed. */
    record Change(boolean found, boolean changed) {}

    /**
     * What came of a replay of many.
     *
     * @param queue the queue
     * @param replayed how many were put back now
     * @param remaining how many that died by then are left
     * @param diedBefore those that died later are left alone
     */
    record Replay(String queue, long replayed, long remaining, Instant diedBefore) {}
}
