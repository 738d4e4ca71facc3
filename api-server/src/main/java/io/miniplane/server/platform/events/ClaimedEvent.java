package io.miniplane.server.platform.events;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event in the hands of this worker.
 *
 * @param queue the queue it came from
 * @param position its place in the outbox
 * @param attempt which attempt this is, from 1
 * @param isNoted whether the inbox says that it is handled already
 * @param event without its data
 * @param plain its data, or null where it is personal
 * @param sealed its encrypted data, or null where it is not
 */
record ClaimedEvent(
        String queue,
        long position,
        int attempt,
        boolean isNoted,
        DomainEvent event,
        @Nullable ByteBuffer plain,
        @Nullable ByteBuffer sealed) {

    UUID id() {
        return event.id();
    }

    @Override
    public String toString() {
        return "ClaimedEvent[" + queue + " " + event + "]";
    }
}
