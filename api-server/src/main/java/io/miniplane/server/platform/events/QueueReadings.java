package io.miniplane.server.platform.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What this process last measured of the queues, at most half a minute ago; asking costs nothing. */
public interface QueueReadings {

    /** One reading for each queue that this process handles. */
    List<Reading> queues();

    /** Whether the broker of the events answered, or nothing while that is not known. */
    Optional<Boolean> isBrokerThere();

    /**
     * One queue. What could not be read is absent, never 0.
     *
     * @param name its name
     * @param ready how many events are due and wait for a worker
     * @param oldestAgeSeconds how long the oldest event that is not handled has been in the queue
     * @param problem why something is absent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Reading(
            String name,
            @Nullable Long ready,
            @Nullable Double oldestAgeSeconds,
            @Nullable String problem) {}
}
