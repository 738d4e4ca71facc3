package io.miniplane.server.platform.events;

import java.util.List;

/**
 * How full the queues are.
 *
 * @param outboxAgeSeconds how long the oldest event has waited to be moved to the queues, 0 where none waits
 * @param queues the queues that hold anything
 */
public record QueueFigures(double outboxAgeSeconds, List<Queue> queues) {

    /** Takes the list as it is now. */
    public QueueFigures {
        queues = List.copyOf(queues);
    }

    /**
     * One queue.
     *
     * @param name its name
     * @param ready how many events are due and wait for a worker
     * @param oldestAgeSeconds how long the oldest event that is not handled has been in the queue
     * @param dead how many dead letters there are
     */
    public record Queue(String name, long ready, double oldestAgeSeconds, long dead) {}
}
