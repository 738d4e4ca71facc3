package io.miniplane.simulator.push;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message or event to push.
 *
 * @param appId the app whose callback gets it
 * @param message the message as WeChat writes it in JSON; another format is made out of it
 * @param fault what is wrong with each delivery, or null for nothing
 * @param duplicates how many more deliveries follow one that was accepted, 0 to 100
 * @param verbatim whether a further delivery repeats the first one byte by byte; else it has its own time stamp, nonce
 *     and cipher text
 */
public record PushOrder(
        String appId, ObjectNode message, @Nullable PushFault fault, int duplicates, boolean verbatim) {

    /** @throws IllegalArgumentException when the duplicates are out of their range */
    public PushOrder {
        if (duplicates < 0 || duplicates > 100) {
            throw new IllegalArgumentException("The \"duplicates\" of a push are 0 to 100.");
        }
    }

    /** A push without anything special. */
    public static PushOrder of(String appId, ObjectNode message) {
        return new PushOrder(appId, message, null, 0, false);
    }

    /** The same, delivered some more times after it was accepted. */
    public PushOrder duplicated(int more) {
        return new PushOrder(appId, message, fault, more, verbatim);
    }

    /** The same with something wrong. */
    public PushOrder with(PushFault wrong) {
        return new PushOrder(appId, message, wrong, duplicates, verbatim);
    }
}
