package io.miniplane.server.platform.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Hands spans on, and says once that the collector takes none and once that it does again, however many batches that concerns. */
public final class WatchedExporter implements SpanExporter {

    private static final Logger LOG = LogManager.getLogger(WatchedExporter.class);

    private final SpanExporter exporter;
    private final String address;
    private final AtomicLong exported = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private boolean isFailing;

    /** @param address of the collector, for the log */
    WatchedExporter(SpanExporter exporter, String address) {
        this.exporter = exporter;
        this.address = address;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        result.whenComplete(() -> ended(result.isSuccess(), spans.size()));
        return result;
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    /** How many spans the collector took. */
    public long exported() {
        return exported.get();
    }

    /** How many spans it was offered in vain. */
    public long lost() {
        return lost.get();
    }

    /** Whether it took none of the last batch. */
    public synchronized boolean isFailing() {
        return isFailing;
    }

    private synchronized void ended(boolean isTaken, int spans) {
        (isTaken ? exported : lost).addAndGet(spans);
        if (isTaken && isFailing) {
            LOG.info("The collector of traces at {} takes spans again; {} were lost so far", address, lost);
        } else if (!isTaken && !isFailing) {
            LOG.warn("The collector of traces at {} takes no spans: they are dropped until it does", address);
        }
        isFailing = !isTaken;
    }
}
