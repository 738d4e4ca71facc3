package io.miniplane.server.platform.signals;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.platform.crypto.LoadedKeys;
import io.miniplane.server.platform.events.QueueReadings;
import io.miniplane.server.platform.reencryption.ReencryptedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one server tells of itself.
 *
 * @param version of this form; readers leave one that they don't know alone
 * @param role which part of the work the process does
 * @param startedAt since when it counts; another moment means that the counts began anew
 * @param requests the requests of the public
 * @param queues one entry per queue that the process handles; none in the role {@code api}
 * @param keys one entry per keyset: ids, never material
 * @param tokenLifetimeSeconds how long an access token is good for at most; nothing where none is signed
 * @param reencryption one entry per table with encrypted rows; none in the role {@code api}, which doesn't rewrite them
 * @param database whether the database answers
 * @param broker whether the broker of the events answers; unknown in the role {@code api}, which doesn't ask it
 */
record Signals(
        int version,
        AppSettings.Role role,
        Instant startedAt,
        Requests requests,
        List<QueueReadings.Reading> queues,
        List<LoadedKeys> keys,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long tokenLifetimeSeconds,
        List<Table> reencryption,
        State database,
        State broker) {

    static final int VERSION = 1;

    /** How something that the server stands on is doing. */
    enum State {
        /** It answers. */
        UP,
        /** It does not. */
        DOWN,
        /** Nobody has asked it lately. */
        UNKNOWN;

        static State of(boolean answers) {
            return answers ? UP : DOWN;
        }
    }

    /**
     * How far a table has come with being brought under the primary keys: ids, never material.
     *
     * @param table its name
     * @param remaining rows counted under other keys and not yet rewritten, by all workers
     * @param dataKey id of the data key that the last finished pass left every readable row under, 0 before the first
     * @param indexKey id of the index key, 0 before the first pass and where the table has no blind index
     * @param unreadable rows that no loaded key opened in that pass
     * @param passAgeSeconds how long ago that pass read its first row; absent before the first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Table(
            String table,
            long remaining,
            long dataKey,
            long indexKey,
            long unreadable,
            @Nullable Double passAgeSeconds) {

        static Table of(ReencryptedTable table, Instant now) {
            Instant started = table.passStartedAt();
            return new Table(
                    table.table(),
                    table.remaining(),
                    table.dataKey(),
                    table.indexKey(),
                    table.unreadable(),
                    started == null ? null : Duration.between(started, now).toMillis() / 1000.0);
        }
    }

    /**
     * The requests of the public since the start.
     *
     * @param total all that were answered
     * @param serverErrors those answered with a status from 500 on
     * @param seconds how long all of them took together
     * @param buckets how many took at most so long, shortest first
     */
    record Requests(long total, long serverErrors, double seconds, List<Bucket> buckets) {}

    /**
     * A bucket of the histogram, which holds the buckets before it.
     *
     * @param upTo upper bound in seconds
     * @param count requests that took no longer
     */
    record Bucket(double upTo, long count) {}
}
