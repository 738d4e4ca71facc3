package io.miniplane.server.platform.tasks;

/** A task that was not begun because of how it was asked for. */
public final class TaskRefused extends RuntimeException {

    /** @param sentence what to change */
    public TaskRefused(String sentence) {
        super(sentence, null, false, false);
    }
}
