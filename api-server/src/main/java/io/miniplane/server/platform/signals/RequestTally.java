package io.miniplane.server.platform.signals;

import io.miniplane.server.platform.signals.Signals.Bucket;
import io.miniplane.server.platform.signals.Signals.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.DoubleStream;
import org.springframework.stereotype.Component;

/** Counts the requests of the public since the start of this process. */
@Component
public final class RequestTally {

    /** Upper bounds in seconds; what takes longer is in the total only. */
    private static final double[] BOUNDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

    private static final int FIRST_SERVER_ERROR = 500;

    private final LongAdder total = new LongAdder();
    private final LongAdder serverErrors = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final List<LongAdder> buckets =
            DoubleStream.of(BOUNDS).mapToObj(bound -> new LongAdder()).toList();

    /**
     * Counts one request that is over.
     *
     * @param status the HTTP status that was sent
     * @param elapsed how long it took, in nanoseconds
     */
    public void count(int status, long elapsed) {
        double seconds = (double) elapsed / TimeUnit.SECONDS.toNanos(1);
        int bucket = 0;
        while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
            bucket++;
        }
        if (bucket < BOUNDS.length) {
            buckets.get(bucket).increment();
        }
        if (status >= FIRST_SERVER_ERROR) {
            serverErrors.increment();
        }
        nanos.add(elapsed);
        total.increment();
    }

    /** The counts so far. Each only grows; those of one answer may differ by requests that end meanwhile. */
    Requests requests() {
        List<Bucket> cumulative = new ArrayList<>();
        long within = 0;
        for (int bucket = 0; bucket < BOUNDS.length; bucket++) {
            within += buckets.get(bucket).sum();
            cumulative.add(new Bucket(BOUNDS[bucket], within));
        }
        return new Requests(
                total.sum(), serverErrors.sum(), (double) nanos.sum() / TimeUnit.SECONDS.toNanos(1), cumulative);
    }
}
