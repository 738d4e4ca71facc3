package io.miniplane.server.platform.diagnostics;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.miniplane.server.platform.tracing.RecentFailures.Recent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one server knows of itself, for people.
 *
 * @param version of this form
 * @param program what runs
 * @param configuration settings by name; of what may be secret only that it is set
 * @param pool the connections to the database
 * @param breakers the state of each circuit breaker by its name
 * @param traces how the collector of traces takes them
 * @param signals what {@code /internal/signals} tells: queues, key ids, requests, database and broker
 * @param failures the last ones, the newest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Diagnostics(
        int version,
        Program program,
        Map<String, String> configuration,
        @Nullable Pool pool,
        Map<String, String> breakers,
        @Nullable Traces traces,
        Object signals,
        List<Recent> failures) {

    static final int VERSION = 1;

    /**
     * The program.
     *
     * @param version of Miniplane, {@code unknown} where it does not run from its jar
     * @param java of the virtual machine
     * @param springBoot of the framework
     */
    record Program(String version, String java, String springBoot) {}

    /**
     * Connections.
     *
     * @param acquired in use
     * @param idle open and free
     * @param waiting callers that wait for one
     * @param most the limit
     */
    record Pool(int acquired, int idle, int waiting, int most) {}

    /**
     * Spans since the start.
     *
     * @param exported that the collector took
     * @param lost that it was offered in vain
     * @param isFailing whether it took none of the last batch
     */
    record Traces(long exported, long lost, boolean isFailing) {}
}
