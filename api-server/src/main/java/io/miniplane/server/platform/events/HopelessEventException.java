package io.miniplane.server.platform.events;

/**
 * An event cannot be handled however often it is tried, until people change something: it becomes a dead letter at once. The message is kept with
 * the letter for staff: it says what to change, and nothing of it is secret or personal.
 */
public final class HopelessEventException extends RuntimeException {

    /** @param message what to change, for staff */
    public HopelessEventException(String message) {
        super(message, null, false, false);
    }

    /** What is kept of an error: its class, for its message may quote what the event is about, and of this one the message too. */
    static String note(Throwable error) {
        String name = error.getClass().getName();
        return error instanceof HopelessEventException ? name + ": " + error.getMessage() : name;
    }

    /** How often an event is tried that ended in this error. */
    static int attempts(Throwable error, int usually) {
        return error instanceof HopelessEventException ? 1 : usually;
    }
}
