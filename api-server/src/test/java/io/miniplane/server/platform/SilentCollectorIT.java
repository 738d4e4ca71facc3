package io.miniplane.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.stage.TestLog;
import io.miniplane.server.stage.TraceCollector;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A collector that takes the connection and never answers. */
class SilentCollectorIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int QUEUE = 200;
    private static final int BATCH = 50;
    private static final int REQUESTS = 1000;
    private static final String COMPLAINT = "takes no spans: they are dropped until it does";

    private TraceCollector collector;
    private PlatformServer server;

    @BeforeEach
    void start() throws Exception {
        collector = new TraceCollector();
        collector.hold();
        String[] settings = Stream.concat(
                        collector.settings().stream(),
                        Stream.of(
                                "--management.opentelemetry.tracing.export.max-queue-size=" + QUEUE,
                                "--management.opentelemetry.tracing.export.max-batch-size=" + BATCH,
                                "--miniplane.rate-limit.enabled=false"))
                .toArray(String[]::new);
        server = PlatformServer.start(settings);
    }

    @AfterEach
    void stop() {
        collector.release();
        server.close();
        collector.close();
    }

    @Test
    void holdsUpNoRequestFillsNoMemoryAndIsToldOnce() throws Exception {
        long complaints = complaints();
        assertThat(answered()).isEqualTo(REQUESTS);
        // All are answered while the first batch waits: had one waited for the collector, there would be a second.
        assertThat(collector.batches()).isLessThanOrEqualTo(1 + REQUESTS / (BATCH * 10));
        await("the second batch is lost").atMost(PATIENCE).until(() -> collector.batches() >= 3);
        assertThat(complaints()).isEqualTo(complaints + 1);
        collector.release();
        await("spans arrive again")
                .atMost(PATIENCE)
                .until(() -> !collector.spans().isEmpty());
        await("that is told").atMost(PATIENCE).until(() -> told("takes spans again"));
        assertThat(collector.spans().size()).isLessThanOrEqualTo(QUEUE + 2 * BATCH);
        assertThat(complaints()).isEqualTo(complaints + 1);
    }

    private long answered() throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(16)) {
            Callable<Integer> call = () -> server.get("/things/1").statusCode();
            return threads.invokeAll(Collections.nCopies(REQUESTS, call)).stream()
                    .map(Future::resultNow)
                    .filter(status -> status == 200)
                    .count();
        }
    }

    private static long complaints() {
        return TestLog.read().lines().filter(line -> line.contains(COMPLAINT)).count();
    }

    private static boolean told(String what) {
        return TestLog.read().contains(what);
    }
}
