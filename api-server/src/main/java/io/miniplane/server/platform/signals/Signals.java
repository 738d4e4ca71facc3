package io.miniplane.server.platform.signals;

import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.platform.crypto.LoadedKeys;
import io.miniplane.server.platform.events.QueueReadings;
import java.time.Instant;
import java.util.List;

/**
 * What one server tells of itself.
 *
 * @param version of this form; readers leave one that they don't know alone
 * @param role which part of the work the process does
 * @param startedAt since when it counts; another moment means that the counts began anew
 * @param requests the requests of the public
 * @param queues one entry per queue that the process handles; none in the role {@code api}
 * @param keys one entry per keyset: ids, never material
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
