package io.miniplane.server.platform.events;

import java.nio.ByteBuffer;
import java.util.Set;

/**
 * An event on its way to a broker.
 *
 * @param position its place in the outbox
 * @param event without its data
 * @param body its data as the outbox has it: personal data is encrypted
 * @param queues who wants it
 */
record OutgoingEvent(long position, DomainEvent event, ByteBuffer body, Set<String> queues) {

    /** Its data as an array of its own. */
    byte[] bytes() {
        byte[] bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return "OutgoingEvent[" + position + " " + event + "]";
    }
}
