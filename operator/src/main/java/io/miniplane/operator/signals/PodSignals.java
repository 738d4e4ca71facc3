package io.miniplane.operator.signals;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one server tells of itself at {@code /internal/signals}; docs/signals.md says what each field means.
 *
 * @param version of this form
 * @param startedAt since when it counts
 * @param requests requests of the public since then
 * @param queues queues that it handles
 * @param keys keys that it has loaded
 * @param tokenLifetimeSeconds how long an access token is good for at most; nothing where the pod doesn't tell
 * @param reencryption tables whose rows it brings under new keys
 * @param database how the database is doing
 * @param broker how the broker of the events is doing
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PodSignals(
        int version,
        Instant startedAt,
        Requests requests,
        List<Queue> queues,
        List<Keyset> keys,
        @Nullable Long tokenLifetimeSeconds,
        List<Table> reencryption,
        State database,
        State broker) {

    /** The form that this operator can read. */
    static final int VERSION = 1;

    /** Takes what came over the network, where any field may be missing. */
    public PodSignals {
        if (version != VERSION) {
            throw new IllegalArgumentException("signals of version %d, not %d".formatted(version, VERSION));
        }
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(requests, "requests");
        queues = List.copyOf(Objects.requireNonNullElse(queues, List.of()));
        keys = List.copyOf(Objects.requireNonNullElse(keys, List.of()));
        reencryption = List.copyOf(Objects.requireNonNullElse(reencryption, List.of()));
        database = Objects.requireNonNullElse(database, State.UNKNOWN);
        broker = Objects.requireNonNullElse(broker, State.UNKNOWN);
    }

    /** How something that a server stands on is doing. */
    public enum State {
        /** It answers. */
        @JsonProperty("UP")
        UP,
        /** It does not. */
        @JsonProperty("DOWN")
        DOWN,
        /** Nobody has asked it lately. */
        @JsonProperty("UNKNOWN")
        UNKNOWN
    }

    /**
     * Requests since the start.
     *
     * @param total all of them
     * @param serverErrors those with a status from 500 on
     * @param seconds how long all took together
     * @param buckets how many took at most so long, each with those before it
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Requests(long total, long serverErrors, double seconds, List<Bucket> buckets) {

        /** Takes what came over the network. */
        public Requests {
            buckets = List.copyOf(Objects.requireNonNullElse(buckets, List.of()));
        }
    }

    /**
     * A bucket of the histogram.
     *
     * @param upTo upper bound in seconds
     * @param count requests that took no longer
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Bucket(double upTo, long count) {}

    /**
     * A queue; what can't be read is absent.
     *
     * @param name its name
     * @param ready events that wait for a worker
     * @param oldestAgeSeconds how long the oldest has waited
     * @param problem why something is absent
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Queue(
            String name,
            @Nullable Long ready,
            @Nullable Double oldestAgeSeconds,
            @Nullable String problem) {}

    /**
     * The loaded keys of a keyset.
     *
     * @param keyset its name
     * @param primary id of the key that encrypts or signs
     * @param all ids of all keys
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Keyset(String keyset, long primary, List<Long> all) {

        /** Takes what came over the network. */
        public Keyset {
            all = List.copyOf(Objects.requireNonNullElse(all, List.of()));
        }
    }

    /**
     * How far the rows of a table have come with being brought under new keys.
     *
     * @param table its name
     * @param remaining rows that are not, as far as they are counted
     * @param dataKey id of the data key that the last finished pass left all readable rows under, 0 before the first
     * @param indexKey id of the index key, 0 where the table has none
     * @param passAgeSeconds how long ago that pass began; nothing before the first
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Table(
            String table,
            long remaining,
            long dataKey,
            long indexKey,
            @Nullable Double passAgeSeconds) {}
}
