package io.miniplane.operator.signals;

import io.miniplane.operator.signals.PodSignals.Bucket;
import io.miniplane.operator.signals.PodSignals.Requests;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How requests went that some pods answered in a stretch of time.
 *
 * @param within the stretch of time that ends now; nothing for all since the pods started
 * @param total all of them
 * @param failed those with a status from 500 on
 * @param buckets how many took at most so many seconds, by that bound
 */
public record ServedRequests(Optional<Duration> within, long total, long failed, Map<Double, Long> buckets) {

    /** Orders the buckets. */
    public ServedRequests {
        buckets = new TreeMap<>(buckets);
    }

    /** The requests of several pods together. */
    static ServedRequests sum(Optional<Duration> within, Collection<Requests> pods) {
        var buckets = new TreeMap<Double, Long>();
        pods.stream()
                .flatMap(requests -> requests.buckets().stream())
                .forEach(bucket -> buckets.merge(bucket.upTo(), bucket.count(), Long::sum));
        return new ServedRequests(
                within,
                pods.stream().mapToLong(Requests::total).sum(),
                pods.stream().mapToLong(Requests::serverErrors).sum(),
                buckets);
    }

    /** What one pod counted after an earlier reading. */
    static Requests between(Requests before, Requests now) {
        var counts = new TreeMap<Double, Long>();
        before.buckets().forEach(bucket -> counts.put(bucket.upTo(), bucket.count()));
        List<Bucket> buckets = now.buckets().stream()
                .map(bucket -> new Bucket(bucket.upTo(), bucket.count() - counts.getOrDefault(bucket.upTo(), 0L)))
                .toList();
        return new Requests(
                now.total() - before.total(),
                now.serverErrors() - before.serverErrors(),
                now.seconds() - before.seconds(),
                buckets);
    }

    /**
     * Requests that certainly took longer than a limit.
     *
     * @param atLeast what they took at least, in seconds: the limit, or the next bound above it that pods count by
     */
    public record Slow(double atLeast, long count) {}

    /** Requests that took longer than a limit; nothing when pods count by no bound that is as high. */
    public Optional<Slow> slowerThan(Duration limit) {
        double seconds = limit.toMillis() / 1000.0;
        return buckets.entrySet().stream()
                .filter(bucket -> bucket.getKey() >= seconds)
                .findFirst()
                .map(bucket -> new Slow(bucket.getKey(), Math.max(0, total - bucket.getValue())));
    }
}
