package io.miniplane.server.gateway.application;

import java.time.Instant;
import java.util.UUID;

/**
 * An event that the container publishes.
 *
 * @param key made of its source and id: the same event has the same
 * @param lane what it happened to, hashed, for the container may name people there; events of one lane stay in order
 * @param type the container's own
 * @param time when it happened
 * @param json all of it, as a CloudEvent in structured mode
 */
public record ContainerEvent(UUID key, String lane, String type, Instant time, String json) {

    /** The type of all such events in the outbox; their own stands beside it. */
    public static final String TYPE = "container.event";

    @Override
    public String toString() {
        return "ContainerEvent[" + key + " " + type + "]";
    }
}
