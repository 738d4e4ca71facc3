package io.miniplane.server.gateway.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The proxy to the team's own container.
 *
 * @param upstreamUrl where the container listens, scheme, host and port; absent: there is no proxy
 * @param pool the connections to it
 * @param recheck how often it is looked whether the caller of a WebSocket or an event stream may still be there, 100 ms to 1 minute
 * @param drain until when a container that is about to stop waits for its last request
 * @param routes what goes to the container; the longest path that fits a request counts
 */
@Validated
@ConfigurationProperties("miniplane.gateway")
record GatewaySettings(
        @Nullable URI upstreamUrl,
        @Valid @DefaultValue Pool pool,

        @DurationMin(millis = 100, message = "set it to 100ms or more")
        @DurationMax(minutes = 1, message = "set it to 1m or less")
        @DefaultValue("5s")
        Duration recheck,

        @Valid @DefaultValue DrainTimes drain,
        @DefaultValue List<@Valid RouteSettings> routes) {

    /**
     * The connections to the container that are used again and again; WebSockets and event streams have their own beside them.
     *
     * @param maxConnections 1 to 10000
     */
    record Pool(
            @Min(value = 1, message = "set it to a number from 1 to 10000")
            @Max(value = 10_000, message = "set it to a number from 1 to 10000")
            @DefaultValue("500")
            int maxConnections) {}

    /**
     * How long a container that is about to stop is still needed.
     *
     * @param quiet for how long no request may have come, 0 to 10 seconds
     * @param longest when it is no longer waited for, 1 second to 10 minutes
     */
    record DrainTimes(
            @DurationMin(millis = 0, message = "set it to 0s or more")
            @DurationMax(seconds = 10, message = "set it to 10s or less")
            @DefaultValue("2s")
            Duration quiet,

            @DurationMin(seconds = 1, message = "set it to 1s or more")
            @DurationMax(minutes = 10, message = "set it to 10m or less")
            @DefaultValue("20s")
            Duration longest) {}
}
