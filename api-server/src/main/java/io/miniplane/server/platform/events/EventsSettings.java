package io.miniplane.server.platform.events;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events are handled.
 *
 * @param concurrency how many events of one queue a replica handles at once, 1 to 64; each may hold a database connection
 * @param poll how often a replica looks for events that nothing told it of, 50 ms to 1 minute
 * @param lease how long after its last sign of life a replica's share is given to others, 2 s to 5 minutes
 * @param handlerTimeout how long one attempt may take, 100 ms to 1 hour
 * @param attempts how often an event is tried before it is a dead letter, 1 to 1000
 * @param firstRetry the wait after the first failure, doubled after each further one, 10 ms to 1 hour
 * @param longestRetry the longest wait between two attempts, 10 ms to 1 day
 * @param repairAfter how long a broker may have had an event before it is taken for lost, when it has none of that queue left or a later one was
 *     handled that long ago, 1 s to 1 day
 * @param keepDone how long handled events are remembered, 1 minute to 400 days; a repetition within it has no effect
 * @param keepUnwanted how long events are kept for which there is no handler, 1 minute to 400 days
 * @param keepDead how long dead letters are kept, 1 minute to 400 days
 */
@Validated
@ConfigurationProperties("miniplane.events")
record EventsSettings(
        @Min(value = 1, message = "set it to a number from 1 to 64")
        @Max(value = 64, message = "set it to a number from 1 to 64")
        @DefaultValue("4")
        int concurrency,

        @DurationMin(millis = 50, message = "set it to a time from 50ms to 1m")
        @DurationMax(minutes = 1, message = "set it to a time from 50ms to 1m")
        @DefaultValue("1s")
        Duration poll,

        @DurationMin(seconds = 2, message = "set it to a time from 2s to 5m")
        @DurationMax(minutes = 5, message = "set it to a time from 2s to 5m")
        @DefaultValue("10s")
        Duration lease,

        @DurationMin(millis = 100, message = "set it to a time from 100ms to 1h")
        @DurationMax(hours = 1, message = "set it to a time from 100ms to 1h")
        @DefaultValue("30s")
        Duration handlerTimeout,

        @Min(value = 1, message = "set it to a number from 1 to 1000")
        @Max(value = 1000, message = "set it to a number from 1 to 1000")
        @DefaultValue("20")
        int attempts,

        @DurationMin(millis = 10, message = "set it to a time from 10ms to 1h")
        @DurationMax(hours = 1, message = "set it to a time from 10ms to 1h")
        @DefaultValue("1s")
        Duration firstRetry,

        @DurationMin(millis = 10, message = "set it to a time from 10ms to 1d")
        @DurationMax(days = 1, message = "set it to a time from 10ms to 1d")
        @DefaultValue("10m")
        Duration longestRetry,

        @DurationMin(seconds = 1, message = "set it to a time from 1s to 1d")
        @DurationMax(days = 1, message = "set it to a time from 1s to 1d")
        @DefaultValue("5m")
        Duration repairAfter,

        @DurationMin(minutes = 1, message = KEEP) @DurationMax(days = 400, message = KEEP) @DefaultValue("7d")
        Duration keepDone,

        @DurationMin(minutes = 1, message = KEEP) @DurationMax(days = 400, message = KEEP) @DefaultValue("30d")
        Duration keepUnwanted,

        @DurationMin(minutes = 1, message = KEEP) @DurationMax(days = 400, message = KEEP) @DefaultValue("90d")
        Duration keepDead) {

    private static final String KEEP = "set it to a time from 1m to 400d";
}
